import { expect, test } from 'vitest';
import { onlyRow } from '../../../core/query';
import { birds, device, FakeLocks, fakeTab, run, type Stored } from '../../../page/fakeParts.testing';
import { questionOf } from './actions';
import { sidesOf } from './questions';

const told = () => new Promise((resolve) => setTimeout(resolve));
const PAIR = ['first', 'untrained'] as const;

/** A tab over 40 pictures whose searcher answers at once: 'first' finds other rows than 'untrained', but for `alike`. */
async function tab({ alike = (row: number) => row < 0, among = 40, kept = {} as Partial<Stored> } = {}) {
  const stored: Stored = {
    datasets: [{ ...birds, count: 40 }],
    runs: [run({ status: 'finished', step: 9 })],
    histories: {},
    embedded: [
      { encoder: 'first', step: 9 },
      { encoder: 'untrained', step: 0 },
    ],
    ...kept,
  };
  const ours = fakeTab(stored, new FakeLocks());
  await ours.actions.openLibrary();
  await ours.trainer.answer('prepare', device);
  const { searcher } = ours;
  let answered = 0;
  /** Answers the searcher's questions until there are none. */
  const settle = async (): Promise<void> => {
    await told();
    for (; answered < searcher.sent.length; await told())
      for (const message of searcher.sent.slice(answered)) {
        answered++;
        if (message.type !== 'nearest') continue;
        const { encoder: of, query, count } = message;
        const row = onlyRow(query) ?? -1;
        const from = of === 'first' && !alike(row) ? 1 : 2;
        const neighbours = Array.from({ length: count }, (_, i) => ({ row: (row + from + i) % 40, similarity: 0.5 }));
        const step = of === 'first' ? 9 : 0;
        const result = { row, about: '', encoder: of, step, neighbours, fresh: { refined: 0, grouped: 0 }, among };
        await searcher.answer('nearest', { ...result, milliseconds: 1 });
      }
  };
  await settle();
  const shown = () => ours.parts.store.getState().blindTest;
  const dataset = () => ours.parts.store.getState().library.datasets[0];
  return { ...ours, settle, shown, dataset, question: () => questionOf(shown()) };
}

test('ten answers, by rows that nobody knows whose they are, are a test of the two encoders', async () => {
  const { actions, settle, shown, dataset, question, importer } = await tab();
  actions.openBlindTest();
  actions.beginBlindTest(PAIR, 'anew');
  await settle();
  const asked = new Set<number>();
  for (let i = 0; i < 10; i++) {
    const seed = shown()?.test?.seed ?? 0;
    const now = question();
    asked.add(now?.row ?? -1);
    // Whoever always prefers the run's row.
    actions.answerBlindTest(sidesOf(seed, i)[0] === 0 ? 1 : 2);
    await settle();
  }
  expect(asked.size).toBe(10);
  expect(question()).toBe(null);
  const [stored] = dataset().blindTests ?? [];
  expect(stored.encoders).toEqual([
    { id: 'first', step: 9 },
    { id: 'untrained', step: 0 },
  ]);
  expect(stored.answers.map(({ preferred }) => preferred)).toEqual(Array(10).fill(0));
  expect(importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { blindTests: [stored] } });
  // Ten more are other pictures.
  actions.beginBlindTest(PAIR, 'more');
  await settle();
  expect(asked.has(question()?.row ?? -1)).toBe(false);
  expect(shown()?.test?.goal).toBe(20);
  // Both go when one is deleted.
  actions.deleteEncoder('first');
  expect(importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { blindTests: [] } });
});

test('an answer that is taken back is asked again, and one that was left is gone on with', async () => {
  const { actions, settle, shown, dataset, question } = await tab();
  actions.openBlindTest();
  actions.beginBlindTest(PAIR, 'anew');
  await settle();
  const first = question();
  actions.answerBlindTest(null);
  await settle();
  const second = question();
  actions.answerBlindTest(2);
  actions.undoBlindTest();
  expect(question()).toEqual(second);
  expect(dataset().blindTests?.[0].answers).toEqual([{ row: first?.row, preferred: null }]);
  actions.closeBlindTest();
  expect(shown()).toBe(null);
  actions.openBlindTest();
  actions.beginBlindTest(PAIR, 'on');
  await settle();
  expect(question()).toEqual(second);
});

test('queries for which both find the same are counted and not asked; where no others are left, the test is over', async () => {
  const { actions, settle, shown, question } = await tab({ alike: (row) => row !== 7 && row !== 20 });
  actions.openBlindTest();
  actions.beginBlindTest(PAIR, 'anew');
  await settle();
  const rows = [question()?.row];
  actions.answerBlindTest(1);
  await settle();
  rows.push(question()?.row);
  expect(rows.toSorted()).toEqual([20, 7]);
  actions.answerBlindTest(1);
  await settle();
  expect(shown()?.test).toMatchObject({ goal: 2, same: { length: 38 }, answers: { length: 2 } });
});

test('pictures that are set aside are not asked for, and need no embeddings', async () => {
  const setAside = [0, 1, 2, 3];
  const dataset = { ...birds, count: 40, setAside };
  const { actions, settle, shown, question } = await tab({ among: 36, kept: { datasets: [dataset] } });
  actions.openBlindTest();
  actions.beginBlindTest(PAIR, 'anew');
  await settle();
  expect(question()).not.toBe(null);
  expect(shown()?.order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 36 }, (_, i) => i + 4));
});

test('an encoder that has not embedded all pictures, or is another by now, is not tested', async () => {
  const growing = await tab({ among: 30 });
  growing.actions.openBlindTest();
  growing.actions.beginBlindTest(PAIR, 'anew');
  await growing.settle();
  expect(growing.shown()).toMatchObject({ test: null, trouble: expect.stringContaining('not embedded all') });
  const older = await tab({
    kept: {
      embedded: [
        { encoder: 'first', step: 5 },
        { encoder: 'untrained', step: 0 },
      ],
    },
  });
  older.actions.openBlindTest();
  older.actions.beginBlindTest(PAIR, 'anew');
  await older.settle();
  expect(older.shown()).toMatchObject({ test: null, trouble: expect.stringContaining('Begin anew') });
});
