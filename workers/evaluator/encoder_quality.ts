import { checksum } from '../../src/core/checksum';
import { decisiveOf } from '../../src/core/encoders/decisive';
import type { SearchEvaluation, SearchWorth } from '../../src/core/encoders/search_evaluation';
import { classNumbers } from '../../src/core/labels/column';
import { viewOf } from '../../src/core/search_view';
import type { TestResult } from '../../src/core/test_result';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { embeddingsVersion, listEmbedded, loadEmbeddings } from '../../src/database/embeddings';
import { readPaths } from '../../src/database/images';
import { readLabels } from '../../src/database/labels';
import { readTestResult, saveTestResult } from '../../src/database/test_results';
import { type LabelledRows, labelledRows } from '../../src/evaluate/labels';
import { retrievalMeasures } from '../../src/evaluate/retrieval/retrieval';
import { difference } from '../../src/evaluate/scores/paired';
import type { EvaluatorCalls } from '../../src/protocol/evaluating';
import { readRefined } from '../refined_embeddings';
import { TESTS_VERSION } from './embeddings';
import { testedColumns } from './labels';
import { inTurns } from './turn';

type Request = Parameters<EvaluatorCalls['evaluate-search']>[0];

/** What was measured is kept among the test results, under names that no label column is likely to have. */
const keptAs = (refined: boolean): string => (refined ? 'search, refined' : 'search, as it is');

/** The measures that say what an encoder is worth for search. */
const SEARCHED = ['kNN', 'R@1', 'mAP@R'];

export interface QualityLabels {
  name: string;
  /** A class a picture, -1 for none. */
  numbers: Int32Array;
  labelled: LabelledRows;
}

/** The first label column of classes that tell the pictures apart: the folders, then the user's columns. */
export async function qualityLabels(db: Database, dataset: string): Promise<QualityLabels | null> {
  const given = await readLabels(db, dataset);
  for (const column of await testedColumns(db, dataset, given, await readPaths(db, dataset))) {
    if (column.kind !== 'class') continue;
    const { numbers } = classNumbers(column);
    const labelled = labelledRows(numbers);
    if (labelled) return { name: column.name, numbers, labelled };
  }
  return null;
}

type About = Pick<TestResult, 'dataset' | 'of'> & { refined: boolean };

/** Changes with the embeddings and the labels that an encoder is measured by. */
async function versionOf(db: Database, { dataset, of }: About, labels: QualityLabels): Promise<string> {
  const known = `${labels.name} ${checksum(new Uint8Array(labels.numbers.buffer))}`;
  return `${await embeddingsVersion(db, dataset, of)}, tests ${TESTS_VERSION}, ${known}`;
}

/** What an encoder is worth, as it was measured before for the same embeddings and labels; null where it was not. */
export async function knownQuality(
  db: Database,
  about: About,
  labels: QualityLabels,
): Promise<TestResult['measures'] | null> {
  const before = await readTestResult(db, about.dataset, keptAs(about.refined), about.of);
  return before?.version === (await versionOf(db, about, labels)) ? before.measures : null;
}

/** What an encoder is worth: as it is known, else measured now and kept. */
async function evaluated(
  db: Database,
  about: About,
  labels: QualityLabels,
  signal: AbortSignal,
): Promise<TestResult['measures']> {
  const before = await knownQuality(db, about, labels);
  if (before) return before;
  const { dataset, of, refined } = about;
  const column = keptAs(refined);
  const version = await versionOf(db, about, labels);
  // Refinement is fitted on all rows, labelled or not.
  const read = refined ? readRefined(db, dataset, of).then((found) => found?.refined) : loadEmbeddings(db, dataset, of);
  const rows = await read.catch(() => null);
  if (rows?.count !== labels.numbers.length) return [];
  const all = await inTurns(retrievalMeasures(rows, labels.labelled, labels.name), signal, () => undefined);
  const measures = all.filter(({ measure: { name } }) => SEARCHED.includes(name));
  const found = { dataset, column, of, version, groups: null, units: new Int32Array(0), measures };
  await saveTestResult(db, { ...found, classes: null, numbers: null }, []);
  return measures;
}

/**
 * Measures every encoder that has embedded the whole data set as it is searched, in strict order, each once for a state of
 * its embeddings; and the paired difference of each from the one in use.
 * @throws an AbortError
 */
export async function evaluateEncoders(
  db: Database,
  { dataset, view, beside }: Request,
  signal: AbortSignal,
): Promise<SearchEvaluation> {
  const count = (await readDataset(db, dataset))?.count ?? 0;
  const { refined } = viewOf(view, count);
  const labels = await qualityLabels(db, dataset);
  const none = { dataset, column: labels?.name ?? null, refined, beside, of: {} };
  if (!labels) return none;
  const found = new Map<string, TestResult['measures']>();
  for (const { encoder, count: embedded } of await listEmbedded(db, dataset)) {
    if (embedded !== count) continue;
    const measures = await evaluated(db, { dataset, of: encoder, refined }, labels, signal);
    if (measures.length > 0) found.set(encoder, measures);
  }
  const inUse = beside === null ? undefined : found.get(beside);
  const of: Record<string, SearchWorth> = {};
  for (const [encoder, measures] of found) {
    signal.throwIfAborted();
    const paired = inUse && encoder !== beside ? differenceOf(measures, inUse) : null;
    of[encoder] = { measures: measures.map(({ measure }) => measure), difference: paired };
  }
  return { ...none, of };
}

function differenceOf(ours: TestResult['measures'], theirs: TestResult['measures']): SearchWorth['difference'] {
  const [one, other] = [ours, theirs].map((measures) => ({ measures: measures.map(({ measure }) => measure) }));
  const name = decisiveOf(one, other)?.name;
  const [a, b] = [ours, theirs].map((measures) => measures.find(({ measure }) => measure.name === name)?.scores);
  return name && a && b ? { name, ...difference(a, b) } : null;
}
