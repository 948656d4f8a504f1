import { expect, test } from 'vitest';
import { chooseDefaults } from '../../core/defaults';
import type { Reconstructions } from '../../core/reconstructions';
import { birds, device, FakeLocks, fakeTab, run } from '../../page/fakeParts.testing';

const vae = chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 }, 'vae');
const seen: Reconstructions = {
  step: 3,
  side: 2,
  rows: [1],
  originals: new Uint8ClampedArray(16),
  shown: null,
  made: new Uint8ClampedArray(16),
  latent: null,
};

async function tabWith(config: typeof vae) {
  const tab = fakeTab(
    { datasets: [birds], runs: [run({ config, status: 'finished' })], histories: {} },
    new FakeLocks(),
  );
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  const asked = () => tab.trainer.sent.filter(({ type }) => type === 'reconstruct');
  const slice = () => tab.parts.store.getState().reconstructions;
  return { ...tab, asked, slice };
}

test('reconstructions are asked for, awaited, and shown while their run is on the page', async () => {
  const { actions, trainer, asked, slice } = await tabWith(vae);
  actions.reconstruct({ row: 5, dimension: 2 });
  await Promise.resolve();
  expect(asked()).toEqual([{ type: 'reconstruct', run: 'first', walk: { row: 5, dimension: 2 } }]);
  expect(slice().asked).toBe(true);
  trainer.say({ type: 'reconstructions', run: 'another', reconstructions: { ...seen, step: 9 } });
  expect(slice().latest).toBe(null);
  trainer.say({ type: 'reconstructions', run: 'first', reconstructions: seen });
  expect(slice()).toEqual({ latest: seen, asked: true });
  await trainer.answer('reconstruct', undefined);
  expect(slice().asked).toBe(false);
});

test('a fault ends the waiting', async () => {
  const { actions, trainer, slice } = await tabWith(vae);
  actions.reconstruct();
  await Promise.resolve();
  await trainer.fail('reconstruct', { kind: 'data', message: 'Gone.', advice: '' });
  expect(slice().asked).toBe(false);
});

test('of a run that compares views nothing is asked', async () => {
  const { actions, asked, slice } = await tabWith(run().config);
  actions.reconstruct();
  await Promise.resolve();
  expect([asked(), slice().asked]).toEqual([[], false]);
});
