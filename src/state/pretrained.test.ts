import { expect, test } from 'vitest';
import { birds, device, FakeLocks, fakeTab } from './fakeParts';

async function opened() {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  tab.trainer.say({ type: 'device', device });
  return { ...tab, asked: () => tab.parts.store.getState().measures.asked };
}

test('a network is asked for until the trainer says that it is over, whatever came of it, one after the other', async () => {
  const { actions, trainer, asked } = await opened();
  globalThis.document = { baseURI: 'https://here.example/' } as Document;
  actions.addPretrained('mobilenet-v2');
  actions.addFrozen({ name: 'mine.safetensors', sha256: '00' });
  expect(asked()).toEqual(['pretrained mobilenet-v2', 'pretrained mine.safetensors']);
  actions.stopPretrained();
  expect(trainer.sent.slice(-3).map(({ type }) => type)).toEqual(['pretrained', 'frozen', 'stop-pretrained']);
  trainer.say({ type: 'pretrained-over' });
  expect(asked()).toEqual(['pretrained mine.safetensors']);
  trainer.say({ type: 'pretrained-over' });
  expect(asked()).toEqual([]);
});

test('a trainer that died is asked for nothing', async () => {
  const { actions, asked, crash } = await opened();
  actions.addFrozen({ name: 'mine.safetensors', sha256: '00' });
  crash('trainer', 'It ran out of memory.');
  expect(asked()).toEqual([]);
});

test('a file of PyTorch itself is refused by name with a way to a file that is read, and never reaches the trainer', async () => {
  const { actions, trainer, parts } = await opened();
  const before = trainer.sent.length;
  await actions.takeWeights(new File(['PK'], 'resnet18.pth'));
  expect(trainer.sent).toHaveLength(before);
  expect(parts.store.getState().faults.at(-1)).toMatchObject({
    message: expect.stringContaining('resnet18.pth'),
    advice: expect.stringContaining('save_file'),
  });
  await actions.takeWeights(new File(['{}'], 'Mine.SafeTensors'));
  expect(trainer.sent.at(-1)).toMatchObject({ type: 'take-weights', name: 'Mine.SafeTensors' });
});
