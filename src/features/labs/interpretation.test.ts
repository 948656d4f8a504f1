import { expect, test } from 'vitest';
import type { DimensionsReport, Firing } from '../../core/interpretation';
import { birds, device, FakeLocks, fakeTab, run } from '../../page/fakeParts.testing';

const report: DimensionsReport = {
  run: 'first',
  about: 'this run at step 9',
  biases: [],
  protocol: '',
  dimensions: [],
  places: true,
};

async function tabAt(status: 'finished' | 'running') {
  const tab = fakeTab({ datasets: [birds], runs: [run({ status, step: 9 })], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  const requests = () => tab.trainer.sent.filter(({ type }) => type === 'dimensions' || type === 'firing');
  const slice = () => tab.parts.store.getState().interpretation;
  return { ...tab, requests, slice };
}

test('what takes long is asked for once, and over when it is answered', async () => {
  const { actions, trainer, requests, slice } = await tabAt('finished');
  actions.interpretDimensions();
  actions.interpretDimensions();
  expect(requests()).toMatchObject([{ type: 'dimensions', whose: { dataset: 'birds', run: 'first' } }]);
  expect(slice().asked).toEqual(['dimensions']);
  await trainer.answer('dimensions', report);
  expect(slice()).toMatchObject({ dimensions: report, asked: [] });
  actions.interpretDimensions();
  actions.stopInterpreting('dimensions');
  await new Promise(setImmediate);
  expect(slice()).toMatchObject({ dimensions: null, asked: [] });
});

test('what is short takes the place of what was asked before', async () => {
  const { actions, trainer, requests, slice } = await tabAt('finished');
  actions.interpretDimensions();
  await trainer.answer('dimensions', report);
  actions.askFiring(1, [2, 3]);
  actions.askFiring(2, [4]);
  expect(requests()).toMatchObject([{}, { dimension: 1 }, { dimension: 2, rows: [4] }]);
  await new Promise(setImmediate);
  expect(slice().asked).toEqual(['firing']);
  await trainer.answer('firing', { dimension: 2 } as Firing);
  expect(slice()).toMatchObject({ asked: [], firing: { dimension: 2 } });
});

test('while a run is under way nothing long is asked', async () => {
  const { actions, trainer, requests, parts } = await tabAt('finished');
  await actions.extend(5);
  trainer.say({ type: 'run', run: run({ status: 'running', step: 9 }) });
  actions.interpretDimensions();
  actions.represent(null);
  expect(requests()).toEqual([]);
  expect(parts.store.getState().faults.at(-1)?.kind).toBe('busy');
});

test('a run that goes on takes away what was read of it', async () => {
  const { actions, trainer, slice } = await tabAt('finished');
  actions.interpretDimensions();
  await trainer.answer('dimensions', report);
  trainer.say({ type: 'run', run: run({ status: 'running', step: 9 }) });
  expect(slice().dimensions).toBe(null);
});

test('without a step the pooled backbone of the untrained encoder is meant', async () => {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  tab.actions.trySensitivity(['raw pixels'], 'star');
  expect(tab.trainer.sent.at(-1)).toMatchObject({
    ...{ type: 'sensitivity', subjects: ['raw pixels'], logo: 'star', whose: { run: null } },
  });
});
