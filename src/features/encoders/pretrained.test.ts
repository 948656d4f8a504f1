import { expect, test } from 'vitest';
import { embedsAtOnce } from '../../app/session/showing';
import { birds, device, FakeLocks, fakeTab } from '../../page/fakeParts.testing';

async function opened() {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  return { ...tab, asked: () => tab.parts.store.getState().measures.asked };
}

test('a network is asked for until the trainer says that it is over, whatever came of it, one after the other', async () => {
  const { actions, trainer, asked } = await opened();
  actions.addPretrained('mobilenet-v2');
  actions.addFrozen({ name: 'mine.safetensors', sha256: '00' });
  expect(asked()).toEqual(['pretrained mobilenet-v2', 'pretrained mine.safetensors']);
  expect(trainer.sent.slice(-2).map(({ type }) => type)).toEqual(['pretrained', 'frozen']);
  await trainer.answer('pretrained', undefined);
  expect(asked()).toEqual(['pretrained mine.safetensors']);
  await trainer.fail('frozen', { kind: 'data', message: 'No such weights.', advice: '' });
  expect(asked()).toEqual([]);
});

test('networks that are stopped are over, without a word', async () => {
  const { actions, asked, parts } = await opened();
  actions.addPretrained('mobilenet-v2');
  actions.addFrozen({ name: 'mine.safetensors', sha256: '00' });
  actions.stopPretrained();
  await new Promise(setImmediate);
  expect([asked(), parts.store.getState().faults]).toEqual([[], []]);
});

test('a trainer that died is asked for nothing', async () => {
  const { actions, asked, crash } = await opened();
  actions.addFrozen({ name: 'mine.safetensors', sha256: '00' });
  crash('trainer', 'It ran out of memory.');
  await new Promise(setImmediate);
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
  void actions.takeWeights(new File(['{}'], 'Mine.SafeTensors'));
  await new Promise(setImmediate);
  expect(trainer.sent.at(-1)).toMatchObject({ type: 'take-weights', name: 'Mine.SafeTensors' });
});

test('the first embedding is asked for by itself, and not again where the user called it off, until they ask', async () => {
  const { actions, trainer, parts } = await opened();
  const asked = () => trainer.sent.filter(({ type }) => type === 'embed').length;
  expect(trainer.sent.at(-2)).toMatchObject({ type: 'embed', dataset: 'birds', name: 'inception-v3' });
  trainer.say({ type: 'background', dataset: 'birds', kind: 'embed', message: 'Embedding', progress: 0.5 });
  actions.stopEmbedding();
  expect(trainer.sent.at(-1)).toEqual({ type: 'stop-embedding', dataset: 'birds' });
  trainer.say({ type: 'background', dataset: 'birds', kind: 'embed', message: '' });
  expect(parts.store.getState().background).toBe(null);
  const later = async () => {
    const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks(), parts.memory);
    await tab.actions.openLibrary();
    await tab.trainer.answer('prepare', device);
    return tab.trainer.sent.filter(({ type }) => type === 'embed').length;
  };
  expect([asked(), await later()]).toEqual([1, 0]);
  actions.addPretrained('inception-v3');
  expect(await later()).toBe(1);
});

test('the first embedding waits where it is not to begin at once, also at later visits, until it is', async () => {
  const { actions, trainer, parts } = await opened();
  actions.embedAtOnce(false);
  expect(trainer.sent.at(-1)).toEqual({ type: 'stop-embedding', dataset: 'birds' });
  const later = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks(), parts.memory);
  later.parts.store.setState({ embedsAtOnce: embedsAtOnce(parts.memory) });
  await later.actions.openLibrary();
  await later.trainer.answer('prepare', device);
  const asked = () => later.trainer.sent.filter(({ type }) => type === 'embed' || type === 'baseline');
  expect(asked().map(({ type }) => type)).toEqual(['baseline']);
  later.actions.embedAtOnce(true);
  expect(asked().map(({ type }) => type)).toEqual(['baseline', 'embed', 'baseline']);
  expect(embedsAtOnce(parts.memory)).toBe(true);
});
