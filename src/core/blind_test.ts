import type { SearchView } from './search_view';

/** Queries asked at a time. */
export const ROUND = 10;
/** Neighbours in a row. */
export const ROW = 8;

/** Of a test's two encoders, the first or the second. */
export type Side = 0 | 1;

/** Two encoders compared by a user who does not see which of them found what. Stored with the data set. */
export interface BlindTest {
  /** Draws the queries, and which encoder's row is shown first. */
  seed: number;
  /** Each with the step of the embeddings that were searched. */
  encoders: readonly [TestedEncoder, TestedEncoder];
  view: SearchView;
  /** In the order they were given. */
  answers: readonly BlindAnswer[];
  /** Rows of queries that were not asked because both encoders found the same. */
  same: readonly number[];
  /** Answers at which the test is over. */
  goal: number;
}

export interface TestedEncoder {
  id: string;
  step: number;
}

export interface BlindAnswer {
  /** The query. */
  row: number;
  /** null: both rows are as good. */
  preferred: Side | null;
}

/** Nothing of what was answered may be told before: it would not be blind any more. */
export const isOver = ({ answers, goal }: BlindTest): boolean => answers.length >= goal;

/** Whether both embeddings are still those that were tested. `embedded`: encoder id -> step. */
export const isCurrent = ({ encoders }: BlindTest, embedded: { get(id: string): number | undefined }): boolean =>
  encoders.every(({ id, step }) => embedded.get(id) === step);

/** The test of these two encoders, in whichever order. */
export const testOf = (tests: readonly BlindTest[] = [], pair: readonly string[]): BlindTest | undefined =>
  tests.find(({ encoders }) => encoders.every(({ id }) => pair.includes(id)));

/** The test put in the place of an earlier one of the same two encoders. */
export function withTest(tests: readonly BlindTest[] = [], test: BlindTest): BlindTest[] {
  const before = testOf(
    tests,
    test.encoders.map(({ id }) => id),
  );
  return [...tests.filter((one) => one !== before), test];
}

/** The tests that an encoder has no share in. */
export const withoutEncoder = (tests: readonly BlindTest[] = [], encoder: string): BlindTest[] =>
  tests.filter(({ encoders }) => encoders.every(({ id }) => id !== encoder));

/** The two to compare unless the user says otherwise: the one that searches and the newest run, else the first others. */
export function usualPair(
  encoders: readonly { id: string; kind: string }[],
  searching: string | null,
): readonly [string, string] | null {
  const runs = encoders.filter(({ kind }) => kind === 'run');
  const [first, second] = new Set([...encoders.filter(({ id }) => id === searching), ...runs, ...encoders]);
  return first && second ? [first.id, second.id] : null;
}
