import { decisiveOf, rivalOf } from '../../src/core/encoders/decisive';
import { UNTRAINED } from '../../src/core/encoders/encoder';
import { type EncoderVerdict, encoderVerdict } from '../../src/core/encoders/verdict';
import type { Decisive } from '../../src/core/measures';
import { isPretrained, networkTitle } from '../../src/core/pretrained';
import type { Dataset, EmbeddingTable, Evaluation, Measure } from '../../src/core/records';
import { SEARCH_VIEW, viewOf } from '../../src/core/search_view';
import type { Database } from '../../src/database/connection';
import { listBaselines, loadEmbeddings } from '../../src/database/embeddings';
import { colourHistogram, rawPixels } from '../../src/evaluate/baselines';
import { labelledRows } from '../../src/evaluate/labels';
import { partnerRecall } from '../../src/evaluate/partner';
import { refined } from '../../src/evaluate/refine/refinement';
import { retrievalMeasures } from '../../src/evaluate/retrieval/retrieval';
import type { Rows } from '../../src/evaluate/rows';
import type { ScoredMeasure } from '../../src/evaluate/scores/measured';
import { difference } from '../../src/evaluate/scores/paired';
import { SMALL } from '../../src/evaluate/shrink';
import { smallPixels } from '../evaluator/pixels';
import { folderNumbers } from './evaluate';
import { Task } from './task';

/** One representation of the pictures: its rows, and what they are worth. */
interface Representation {
  /** 'raw pixels', 'colour histogram', 'untrained', 'inception-v3', 'trained', a file of weights; with ' refined' behind. */
  name: string;
  /** Id of the encoder whose embeddings they are; null: no encoder makes them. */
  encoder: string | null;
  refined: boolean;
  rows: Rows;
}

export interface EncoderReport extends Representation {
  measures: Measure[];
  /** Of the measures by labels: what each query got. */
  scored: readonly ScoredMeasure[];
}

const rowsOf = ({ values, count, dim }: EmbeddingTable): Rows => ({ values, count, dim });

/** Everything that has embedded the whole data set, as it is and refined, with whose views it was measured by. */
async function* represented(
  db: Database,
  dataset: Dataset,
  run: string,
): AsyncGenerator<Representation & { viewed: string }> {
  const { pixels, count } = await smallPixels(db, dataset.id);
  const bare = { encoder: null, refined: false };
  yield { name: 'raw pixels', ...bare, rows: rawPixels(pixels, count, SMALL), viewed: 'raw pixels' };
  yield { name: 'colour histogram', ...bare, rows: colourHistogram(pixels, count, SMALL), viewed: 'colour histogram' };
  const networks = (await listBaselines(db, dataset.id)).map(({ key }) => key).filter(isPretrained);
  const named: { name: string; encoder: string; viewed: string }[] = [
    { name: 'untrained', encoder: UNTRAINED, viewed: 'untrained encoder' },
    ...networks.map((key) => ({ name: key.slice('pretrained '.length), encoder: key, viewed: key })),
    { name: 'trained', encoder: run, viewed: 'run' },
  ];
  for (const { name, encoder, viewed } of named) {
    const table = await loadEmbeddings(db, dataset.id, encoder).catch(() => null);
    if (table?.count !== dataset.count) continue;
    yield { name, encoder, refined: false, rows: rowsOf(table), viewed };
    if (encoder === UNTRAINED) continue;
    const rows = refined(table.values, table.count, table.dim);
    yield { name: `${name} refined`, encoder, refined: true, rows, viewed: '' };
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
  const labels = await folderNumbers(db, dataset.id);
  const labelled = labels && labelledRows(labels);
  const task = new Task();
  const reports: EncoderReport[] = [];
  for await (const { viewed, ...one } of represented(db, dataset, run)) {
    const scored = labelled ? await task.finish(retrievalMeasures(one.rows, labelled, 'folder'), '') : [];
    const partners = pairs.length > 1 ? partnerRecall(one.rows, pairs, pairs.length) : [];
    const measures = [...scored.map(({ measure }) => measure), ...partners, ...byViews(known, viewed)];
    reports.push({ ...one, measures, scored });
  }
  return reports;
}

const scoresOf = ({ scored }: EncoderReport, name: Decisive) =>
  scored.find(({ measure }) => measure.name === name)?.scores;

/**
 * Whether a run finds better than the best pretrained network, where there is none than the best of the others; both as
 * the data set is searched. Null while the run has not embedded it.
 * @param name the run's
 */
export function reportVerdict(
  reports: readonly EncoderReport[],
  { id, name }: { id: string; name: string },
  { count, searchView = SEARCH_VIEW }: Pick<Dataset, 'count' | 'searchView'>,
): EncoderVerdict | null {
  const searched = viewOf(searchView, count).refined;
  const verdictOf = (refined: boolean, isRival: (one: EncoderReport) => boolean): EncoderVerdict | null => {
    const alike = reports.filter((one) => one.refined === refined);
    const fresh = alike.find(({ encoder }) => encoder === id);
    const rival =
      fresh &&
      rivalOf(
        fresh,
        alike.filter((one) => one !== fresh && isRival(one)),
      );
    if (!fresh || !rival) return null;
    const by = decisiveOf(fresh, rival)?.name;
    const [ours, theirs] = [fresh, rival].map((one) => by && scoresOf(one, by));
    const paired = by && ours && theirs ? { name: by, ...difference(ours, theirs) } : null;
    const title = rival.encoder && isPretrained(rival.encoder) ? networkTitle(rival.encoder) : rival.name;
    return encoderVerdict({ ...fresh, name }, { ...rival, name: title }, { paired, view: refined ? 'refined' : '' });
  };
  const isNetwork = ({ encoder }: EncoderReport): boolean => encoder !== null && isPretrained(encoder);
  return verdictOf(searched, isNetwork) ?? verdictOf(false, isNetwork) ?? verdictOf(false, () => true);
}
