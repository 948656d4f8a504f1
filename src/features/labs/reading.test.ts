import { expect, test } from 'vitest';
import type { DimensionsReport } from '../../core/reading';
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
  tab.trainer.say({ type: 'device', device });
  const wishes = () => tab.trainer.sent.flatMap((message) => (message.type === 'read' ? [message.wish] : []));
  const slice = () => tab.parts.store.getState().reading;
  return { ...tab, wishes, slice };
}

test('a long look is asked for once, and over when the trainer says so', async () => {
  const { actions, trainer, wishes, slice } = await tabAt('finished');
  actions.readDimensions();
  actions.readDimensions();
  expect(wishes()).toMatchObject([{ kind: 'dimensions', whose: { dataset: 'birds', run: 'first' } }]);
  expect(slice().asked).toEqual(['dimensions']);
  trainer.say({ type: 'reading', answer: { kind: 'dimensions', dataset: 'other', report } });
  expect(slice().dimensions).toBe(null);
  trainer.say({ type: 'reading', answer: { kind: 'dimensions', dataset: 'birds', report } });
  trainer.say({ type: 'reading', answer: { kind: 'over', of: 'dimensions' } });
  expect(slice()).toMatchObject({ dimensions: report, asked: [] });
});

test('short looks follow one another, each over for itself', async () => {
  const { actions, trainer, wishes, slice } = await tabAt('finished');
  trainer.say({ type: 'reading', answer: { kind: 'dimensions', dataset: 'birds', report } });
  actions.askFiring(1, [2, 3]);
  actions.askFiring(2, [4]);
  expect(wishes()).toMatchObject([{ dimension: 1 }, { dimension: 2, rows: [4] }]);
  trainer.say({ type: 'reading', answer: { kind: 'over', of: 'firing' } });
  expect(slice().asked).toEqual(['firing']);
});

test('while a run is under way nothing long is asked', async () => {
  const { actions, trainer, wishes, parts } = await tabAt('finished');
  await actions.extend(5);
  trainer.say({ type: 'run', run: run({ status: 'running', step: 9 }) });
  actions.readDimensions();
  actions.represent(null);
  expect(wishes()).toEqual([]);
  expect(parts.store.getState().faults.at(-1)?.kind).toBe('busy');
});

test('a run that goes on takes away what was read of it', async () => {
  const { trainer, slice } = await tabAt('finished');
  trainer.say({ type: 'reading', answer: { kind: 'dimensions', dataset: 'birds', report } });
  trainer.say({ type: 'run', run: run({ status: 'running', step: 9 }) });
  expect(slice().dimensions).toBe(null);
});

test('without a step the pooled backbone of the untrained encoder is meant', async () => {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  tab.trainer.say({ type: 'device', device });
  tab.actions.trySensitivity(['raw pixels'], 'star');
  expect(tab.trainer.sent.at(-1)).toMatchObject({
    type: 'read',
    wish: { kind: 'sensitivity', subjects: ['raw pixels'], logo: 'star', whose: { run: null } },
  });
});
