import { changeDataset } from '../../../app/session/datasetList';
import type { Parts } from '../../../app/session/parts';
import type { Actions } from '../../../app/store/actions';
import type { BlindQuestion, BlindTestSlice } from '../../../app/store/slices';
import { currentDataset, type State, searchView } from '../../../app/store/store';
import { type BlindTest, isOver, ROUND, ROW, testOf, withoutEncoder, withTest } from '../../../core/blind_test';
import { Fault } from '../../../core/fault';
import type { Dataset } from '../../../core/records';
import { keptCount } from '../../../core/set_aside';
import type { SearchResult } from '../../../protocol/searching';
import { drawQueries, sidesOf, wantedRows } from './questions';

type BlindTestActions = Pick<
  Actions,
  'openBlindTest' | 'beginBlindTest' | 'answerBlindTest' | 'undoBlindTest' | 'closeBlindTest'
>;

/** The question to be answered and the one after it: its pictures are there before they are shown. */
const AHEAD = 2;

export function blindTestActions(parts: Parts, { neighboursIn }: Pick<Actions, 'neighboursIn'>): BlindTestActions {
  const { store, pictures } = parts;
  const shown = (): BlindTestSlice | null => store.getState().blindTest;
  const patch = (fields: Partial<BlindTestSlice>): void =>
    store.setState(({ blindTest }) => ({ blindTest: blindTest && { ...blindTest, ...fields } }));

  /** What both encoders find for a query, with its pictures read. Faults: data. */
  const found = async ({ encoders, view }: BlindTest, row: number): Promise<BlindQuestion> => {
    const answers = await Promise.all(encoders.map(({ id }) => neighboursIn(id, row, ROW, view)));
    const rows = answers.map((answer, side) => {
      const dataset = currentDataset(store.getState());
      checkWhole(answer, encoders[side].step, dataset ? keptCount(dataset) : 0);
      return answer.neighbours.map((neighbour) => neighbour.row);
    });
    await Promise.all([row, ...rows.flat()].map((one) => pictures.imagesAt(one, 1)));
    return { row, rows: [rows[0], rows[1]] };
  };

  /** Finds the questions that come next, one after the other, until they are there or there are no more. */
  const seek = async (): Promise<void> => {
    const before = shown();
    if (!before?.test || before.seeking || isOver(before.test)) return;
    const { test, order, questions } = before;
    const wanted = wantedRows(test, order, AHEAD);
    if (wanted.length === 0) {
      // There is nothing else to ask: the test is over with the answers that are there.
      keep({ ...test, goal: test.answers.length });
      return;
    }
    const row = wanted.find((one) => !questions.some((question) => question.row === one));
    if (row === undefined) return;
    patch({ seeking: true });
    try {
      const question = await found(test, row);
      // Closed or begun anew meanwhile; the answers may be more by now.
      const now = shown();
      if (now?.order !== order || !now.test) return;
      patch({ seeking: false });
      if (String(question.rows[0]) === String(question.rows[1])) keep({ ...now.test, same: [...now.test.same, row] });
      else patch({ questions: [...now.questions, question] });
      void seek();
    } catch (cause) {
      if (shown()?.order !== order) return;
      const trouble = cause instanceof Error ? cause.message : String(cause);
      const advice = cause instanceof Fault ? ` ${cause.advice}` : '';
      patch({ seeking: false, test: null, trouble: `${trouble}${advice}` });
    }
  };

  /** Shows a test as it is now; with an answer it is stored. */
  const keep = (test: BlindTest): void => {
    patch({ test });
    const dataset = currentDataset(store.getState());
    if (dataset && test.answers.length > 0) keepTests(parts, dataset, withTest(dataset.blindTests, test));
  };

  return {
    openBlindTest: (pair) =>
      store.setState({
        blindTest: { pair: pair ?? null, test: null, order: [], questions: [], seeking: false, trouble: null },
      }),
    beginBlindTest: (pair, how) => {
      const state = store.getState();
      const dataset = currentDataset(state);
      if (!dataset) return;
      const stored = how === 'anew' ? undefined : testOf(dataset.blindTests, pair);
      const test = stored ?? newTest(state, pair);
      const goal = how === 'more' && isOver(test) ? test.answers.length + ROUND : test.goal;
      patch({
        pair,
        test: { ...test, goal },
        order: drawQueries(test.seed, dataset.count).filter((row) => !dataset.setAside?.includes(row)),
        questions: [],
        seeking: false,
        trouble: null,
      });
      void seek();
    },
    answerBlindTest: (place) => {
      const now = shown();
      const question = questionOf(now);
      if (!now?.test || !question) return;
      const { test } = now;
      const sides = sidesOf(test.seed, test.answers.length);
      const preferred = place === null ? null : sides[place - 1];
      keep({ ...test, answers: [...test.answers, { row: question.row, preferred }] });
      void seek();
    },
    undoBlindTest: () => {
      const test = shown()?.test;
      if (!test || isOver(test) || test.answers.length === 0) return;
      keep({ ...test, answers: test.answers.slice(0, -1) });
      void seek();
    },
    closeBlindTest: () => store.setState({ blindTest: null }),
  };
}

/** The question to be answered, once it is found. */
export function questionOf(blindTest: BlindTestSlice | null): BlindQuestion | null {
  if (!blindTest?.test || isOver(blindTest.test)) return null;
  const [row] = wantedRows(blindTest.test, blindTest.order, 1);
  return blindTest.questions.find((question) => question.row === row) ?? null;
}

function newTest(state: State, pair: readonly [string, string]): BlindTest {
  const { embedded } = state.encoders;
  const tested = (id: string) => ({ id, step: embedded.get(id) ?? 0 });
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  const encoders = [tested(pair[0]), tested(pair[1])] as const;
  return { seed, encoders, view: searchView(state), answers: [], same: [], goal: ROUND };
}

/** Both must have embedded all pictures that are not set aside, and be what they were when the test began. */
function checkWhole(answer: SearchResult | null, step: number, count: number): asserts answer is SearchResult {
  if (answer && answer.among === count && answer.step === step) return;
  throw answer && answer.step !== step
    ? new Fault('data', 'One of the two models has been trained since the test began.', 'Begin anew.')
    : new Fault(
        'data',
        'One of the two models has not embedded all pictures yet.',
        'Begin when it has; what is answered is kept.',
      );
}

/** Stores all blind tests of a data set. */
const keepTests = (parts: Parts, dataset: Dataset, tests: readonly BlindTest[]): void =>
  changeDataset(parts, dataset.id, { blindTests: tests });

export function forgetBlindTests(parts: Parts, encoder: string): void {
  const dataset = currentDataset(parts.store.getState());
  if (dataset?.blindTests) keepTests(parts, dataset, withoutEncoder(dataset.blindTests, encoder));
}
