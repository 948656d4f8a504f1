import { isPretrained } from '../../src/core/pretrained';
import type { Dataset, EmbeddingTable, Evaluation, Measure } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { listBaselines, loadEmbeddings } from '../../src/database/embeddings';
import { colourHistogram, rawPixels } from '../../src/evaluate/baselines';
import { labelledRows } from '../../src/evaluate/labels';
import { partnerRecall } from '../../src/evaluate/partner';
import { refined } from '../../src/evaluate/refine/refinement';
import { retrievalMeasures } from '../../src/evaluate/retrieval/retrieval';
import type { Rows } from '../../src/evaluate/rows';
import { SMALL } from '../../src/evaluate/shrink';
import { smallPixels } from '../evaluator/pixels';
import { Errand } from './errand';
import { labelNumbers } from './judge';

/** An encoder as search sees it: its embeddings, and what they are worth. */
export interface EncoderReport {
  /** 'raw pixels', 'colour histogram', 'untrained', 'inception-v3', 'trained', a file of weights; with ' refined' behind. */
  name: string;
  rows: Rows;
  measures: Measure[];
}

const rowsOf = ({ values, count, dim }: EmbeddingTable): Rows => ({ values, count, dim });

/** The embeddings of everything that has embedded the whole data set, by name, with whose views it was measured by. */
async function* embedded(db: Database, dataset: Dataset, run: string): AsyncGenerator<[string, Rows, string]> {
  const { pixels, count } = await smallPixels(db, dataset.id);
  yield ['raw pixels', rawPixels(pixels, count, SMALL), 'raw pixels'];
  yield ['colour histogram', colourHistogram(pixels, count, SMALL), 'colour histogram'];
  const networks = (await listBaselines(db, dataset.id)).map(({ key }) => key).filter(isPretrained);
  const named: [string, string, string][] = [
    ['untrained', 'untrained', 'untrained encoder'],
    ...networks.map((key): [string, string, string] => [key.slice('pretrained '.length), key, key]),
    ['trained', run, 'run'],
  ];
  for (const [name, stored, of] of named) {
    const table = await loadEmbeddings(db, dataset.id, stored).catch(() => null);
    if (table?.count !== dataset.count) continue;
    yield [name, rowsOf(table), of];
    if (name !== 'untrained') yield [`${name} refined`, refined(table.values, table.count, table.dim), ''];
  }
}

/** Measures by frozen views, where they were taken: the one number that needs neither labels nor pairs. */
const byViews = (evaluations: readonly Evaluation[], of: string): Measure[] =>
  evaluations.filter((one) => one.of === of).flatMap(({ measures }) => measures.filter(({ recipe }) => recipe));

/**
 * What every encoder of a data set is worth for search: kNN, R@k and mAP@R by what the folders say, partner recall where
 * pairs are known, two-view R@1 where it was measured.
 * @param pairs rows of pictures that show the same thing
 */
export async function encoderReports(
  db: Database,
  dataset: Dataset,
  run: string,
  known: readonly Evaluation[],
  pairs: readonly (readonly [number, number])[],
): Promise<EncoderReport[]> {
  const labels = await labelNumbers(db, dataset);
  const labelled = labels && labelledRows(labels);
  const task = new Errand(() => undefined);
  const reports: EncoderReport[] = [];
  for await (const [name, rows, of] of embedded(db, dataset, run)) {
    const retrieved = labelled ? await task.finish(retrievalMeasures(rows, labelled, 'folder'), '') : [];
    const partners = pairs.length > 1 ? partnerRecall(rows, pairs, pairs.length) : [];
    const measures = [...retrieved.map(({ measure }) => measure), ...partners, ...byViews(known, of)];
    reports.push({ name, rows, measures });
  }
  return reports;
}
