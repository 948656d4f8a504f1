import { type FaultReport, faultReport } from '../src/core/fault';
import { openDatabase } from '../src/database/connection';
import { readJudgement } from '../src/database/judgements';
import { deleteLabels, readLabels } from '../src/database/labels';
import { toPage } from '../src/protocol/channel';
import type { FromEvaluator, ToEvaluator } from '../src/protocol/messages';
import { compareStored } from './evaluator/comparing';
import { giveLabel, takeLabels } from './evaluator/labels';
import { Line } from './evaluator/line';
import { PictureReader } from './evaluator/pictures';
import { evaluateEncoders } from './evaluator/searching';
import { testColumn } from './evaluator/tests';
import type { Turns } from './evaluator/turn';

// The judging thread: keeps labels, tests embeddings by them, compares what was found. Reads what the trainer stored and
// needs neither it nor its device, so that tests run while another run is trained.

const page = toPage<FromEvaluator, ToEvaluator>();
const database = openDatabase();
const reader = database.then((db) => new PictureReader(db));
/** Changes of labels, tests, comparisons: each in the order they were asked for, beside each other. */
let changes: Promise<void> = Promise.resolve();
const tests = new Line();
const comparisons = new Line();
const evaluations = new Line();

function tell(cause: unknown, ticket?: number): void {
  const fault: FaultReport = faultReport(cause);
  page.send({ type: 'fault', fault, ...(ticket === undefined ? {} : { ticket }) });
}

/** A change of labels, and the labels as they are then. */
async function change(dataset: string, work: () => Promise<string>): Promise<void> {
  try {
    const message = await work();
    page.send({ type: 'labels', dataset, columns: await readLabels(await database, dataset), message });
  } catch (cause) {
    tell(cause);
  }
}

async function test(message: Extract<ToEvaluator, { type: 'test' }>, turns: Turns): Promise<void> {
  const { dataset, column } = message;
  let said = Number.NEGATIVE_INFINITY;
  const say = (words: string, progress: number): void => {
    const now = performance.now();
    if (now - said < 100 && progress > 0) return;
    said = now;
    page.send({ type: 'testing', dataset, message: words, progress });
  };
  try {
    if (!turns.cancelled) await testColumn(await database, await reader, message, turns, say);
  } catch (cause) {
    if (!turns.cancelled) tell(cause); // of a data set that is being deleted something may be gone
  }
  page.send({ type: 'tested', dataset, column, cancelled: turns.cancelled });
}

async function compareAll(message: Extract<ToEvaluator, { type: 'compare' }>, turns: Turns): Promise<void> {
  const { ticket } = message;
  try {
    const table = turns.cancelled ? null : await compareStored(await database, message, turns);
    page.send({ type: 'compared', ticket, table });
  } catch (cause) {
    if (turns.cancelled) page.send({ type: 'compared', ticket, table: null });
    else tell(cause, ticket);
  }
}

/** Measures encoders for search; where that was called off a newer question is answered. */
async function evaluateSearch(message: Extract<ToEvaluator, { type: 'evaluate-search' }>, turns: Turns): Promise<void> {
  try {
    if (turns.cancelled) return;
    const evaluation = await evaluateEncoders(await database, message, turns);
    if (!turns.cancelled) page.send({ type: 'search-evaluated', evaluation });
  } catch (cause) {
    if (!turns.cancelled) tell(cause);
  }
}

async function outcome({ ticket, dataset, column, of }: Extract<ToEvaluator, { type: 'outcome' }>): Promise<void> {
  try {
    const found = await readJudgement(await database, dataset, column, of);
    page.send({
      type: 'outcome',
      ticket,
      outcome: found && { column, of, classes: found.classes, numbers: found.numbers },
    });
  } catch (cause) {
    tell(cause, ticket);
  }
}

/** Runs a change after those asked for before. */
function inTurn(dataset: string, work: () => Promise<string>): void {
  changes = changes.then(() => change(dataset, work));
}

page.listen((message) => {
  const { dataset } = message.type === 'cancel' ? { dataset: '' } : message;
  switch (message.type) {
    case 'take-labels':
      return inTurn(dataset, async () => takeLabels(await database, dataset, message.file));
    case 'give-label':
      return inTurn(dataset, async () =>
        giveLabel(await database, dataset, message.column, message.rows, message.label),
      );
    case 'drop-labels':
      return inTurn(dataset, async () => {
        await deleteLabels(await database, dataset, message.column);
        return `"${message.column}" is gone.`;
      });
    case 'test':
      return tests.add(dataset, (turns) => test(message, turns));
    case 'cancel':
      return void tests.callOff();
    case 'compare':
      void comparisons.callOff(); // the newest question counts
      return comparisons.add(dataset, (turns) => compareAll(message, turns));
    case 'evaluate-search':
      void evaluations.callOff();
      return evaluations.add(dataset, (turns) => evaluateSearch(message, turns));
    case 'outcome':
      return void outcome(message);
    case 'forget':
      changes = Promise.all([
        changes,
        tests.callOff(dataset),
        comparisons.callOff(dataset),
        evaluations.callOff(dataset),
      ])
        .then(async () => deleteLabels(await database, dataset))
        .catch(tell);
  }
});
