import { type Database, openDatabase } from '../src/database/connection';
import { deleteLabels, readLabels } from '../src/database/labels';
import { readTestResult } from '../src/database/test_results';
import { type Serving, serve } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { ChangedLabels, EvaluatorCalls } from '../src/protocol/evaluating';
import { compareStored } from './evaluator/comparing';
import { evaluateEncoders } from './evaluator/encoder_quality';
import { giveLabels, takeLabels } from './evaluator/labels';
import { PictureReader } from './evaluator/pictures';
import { testColumn } from './evaluator/tests';
import { Forgotten } from './forgotten';
import { TaskQueue } from './task_queue';

// The evaluating thread: keeps labels, tests embeddings by them, compares what was found. Reads what the trainer stored and
// needs neither it nor its device, so that tests run while another run is trained.

const database = openDatabase();
const reader = database.then((db) => new PictureReader(db));
const forgotten = new Forgotten();
/** Each in the order of the requests, beside each other. */
const [changes, tests, comparisons, evaluations] = [0, 1, 2, 3].map(() => new TaskQueue());

/** Milliseconds between two reports of progress. */
const EVERY = 100;

/** A task on a data set, which ends when that is deleted or the page gives it up. */
const inTurn = <T>(
  queue: TaskQueue,
  dataset: string,
  signal: AbortSignal,
  task: (db: Database, ended: AbortSignal) => Promise<T>,
): Promise<T> =>
  queue.run(() =>
    forgotten.spare(
      dataset,
      async (ended) => {
        ended.throwIfAborted();
        return task(await database, ended);
      },
      signal,
    ),
  );

/** A change of labels, and the labels as they are then. */
const change = (
  dataset: string,
  { signal }: Serving<unknown>,
  work: (db: Database) => Promise<string>,
): Promise<ChangedLabels> =>
  inTurn(changes, dataset, signal, async (db) => {
    const message = await work(db);
    return { columns: await readLabels(db, dataset), message };
  });

serve<EvaluatorCalls>(toPage(), {
  'take-labels': ({ dataset, file }, serving) => change(dataset, serving, (db) => takeLabels(db, dataset, file)),
  'give-labels': ({ dataset, column, rows, labels }, { signal }) =>
    inTurn(changes, dataset, signal, async (db) => {
      await giveLabels(db, dataset, column, rows, labels);
      return { columns: await readLabels(db, dataset) };
    }),
  'drop-labels': ({ dataset, column }, serving) =>
    change(dataset, serving, async (db) => {
      await deleteLabels(db, dataset, column);
      return `"${column}" is gone.`;
    }),
  test: (request, { signal, progress }) => {
    let saidAt = Number.NEGATIVE_INFINITY;
    const say = (message: string, share: number): void => {
      const now = performance.now();
      if (now - saidAt < EVERY && share > 0) return;
      saidAt = now;
      progress({ message, progress: share });
    };
    return inTurn(tests, request.dataset, signal, async (db, ended) =>
      testColumn(db, await reader, request, ended, say),
    );
  },
  compare: (request, { signal }) =>
    inTurn(comparisons, request.dataset, signal, (db, ended) => compareStored(db, request, ended)),
  'evaluate-search': (request, { signal }) =>
    inTurn(evaluations, request.dataset, signal, (db, ended) => evaluateEncoders(db, request, ended)),
  outcome: async ({ dataset, column, of }) => {
    const found = await readTestResult(await database, dataset, column, of);
    return found && { column, of, classes: found.classes, numbers: found.numbers };
  },
  forget: async ({ dataset, kept }) => (kept ? forgotten.remove(dataset) : forgotten.add(dataset)),
});
