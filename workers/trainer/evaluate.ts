import { count as grouped } from '../../src/core/amounts';
import { classNumbers, folderColumn } from '../../src/core/labels/column';
import { FIRST_ENCODER, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, Evaluation, ProbeRows } from '../../src/core/records';
import type { Scores } from '../../src/core/scores';
import { SEARCH_VIEW, viewOf } from '../../src/core/search_view';
import { keptRows, withoutAside } from '../../src/core/set_aside';
import { VIEWED } from '../../src/core/training_cost';
import type { Database } from '../../src/database/connection';
import { readSetAside } from '../../src/database/datasets';
import { PART_ROWS } from '../../src/database/embedding_parts';
import { loadEmbeddings } from '../../src/database/embeddings';
import { goneFault } from '../../src/database/failure';
import { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import { readPaths } from '../../src/database/images';
import { CosineIndex } from '../../src/evaluate/nearest';
import { spreadProbes } from '../../src/evaluate/probes';
import { retrievalMeasures } from '../../src/evaluate/retrieval/retrieval';
import { pickRows, type Rows } from '../../src/evaluate/rows';
import type { ScoredMeasure } from '../../src/evaluate/scores/measured';
import { difference } from '../../src/evaluate/scores/paired';
import { type Evaluated, evaluateEmbedding } from '../../src/evaluate/summary';
import type { Embeds } from '../../src/learn/embed';
import { knownQuality, type QualityLabels, qualityLabels } from '../evaluator/encoder_quality';
import { readRefined } from '../refined_embeddings';
import { readRows } from '../stored_rows';
import type { Context } from './context';
import { evenRows, MEASURED, pickLabels } from './measured';
import { Task } from './task';

/** Probe pictures on the page, and neighbours shown of each. */
const PROBES = 6;
const NEIGHBOURS = 8;

/** The folder of each row as a class number, -1 for none and for what is set aside; null when no picture lies in one. */
export async function folderNumbers(db: Database, dataset: string): Promise<Int32Array | null> {
  const labels = (await readPaths(db, dataset)).map(({ label }) => label);
  const folders = folderColumn(withoutAside(labels, await readSetAside(db, dataset)));
  return folders && classNumbers(folders).numbers;
}

/** What is measured of stored embeddings: of a large data set a sample, with labels by folders. */
export async function readMeasured(
  db: Database,
  dataset: string,
  run: string,
): Promise<Rows & Pick<Evaluated, 'labels'>> {
  const sample = (count: number): number[] => evenRows(count, MEASURED);
  const rows = await readRows(db, dataset, run, sample);
  if (!rows) throw goneFault('collection');
  return { ...rows, labels: pickLabels(await folderNumbers(db, dataset), sample(rows.count)) };
}

type Progress = (done: number) => Promise<void>;

/** Both frozen views of these pictures; of none, none. */
export async function twoViews(encoder: Embeds, rows: readonly number[], progress: Progress) {
  if (rows.length === 0) return {};
  const viewA = await encoder.embedViews(rows, 0, progress);
  const viewB = await encoder.embedViews(rows, 1, (done) => progress(rows.length + done));
  return { viewA, viewB, recipe: encoder.recipe };
}

/** Embeds pictures with an encoder and measures the result, by two views of some of them too. */
export async function evaluate(
  of: Evaluation['of'],
  encoder: Embeds,
  {
    rows,
    viewed,
    ...known
  }: { rows: readonly number[]; viewed: readonly number[] } & Pick<Evaluated, 'labels' | 'neighbourFinder'>,
  progress: (done: number, of: number) => Promise<void>,
): Promise<{ evaluation: Evaluation; table: Rows }> {
  const count = rows.length;
  const total = count + 2 * viewed.length;
  const values = await encoder.embed(rows, (done) => progress(done, total));
  const views = await twoViews(encoder, viewed, (done) => progress(count + done, total));
  const table = { count, dim: encoder.dim, values };
  const measures = await evaluateEmbedding({ ...table, ...known, ...views }, () => progress(total, total));
  return { evaluation: { of, step: 0, measures }, table };
}

/** Evaluates one run again and again: the same pictures, labels, views and probes every time, searched as the data set is. */
export class RunEvaluator {
  /** The embeddings of the last evaluation, as they are searched. */
  latest: { step: number; rows: Rows } | null = null;

  private constructor(
    private readonly context: Pick<Context, 'db' | 'neighbourFinder'>,
    private readonly dataset: Dataset,
    private readonly labels: QualityLabels | null,
    private readonly even: readonly number[],
    private pins: readonly number[],
  ) {}

  static async open(context: Context, dataset: Dataset): Promise<RunEvaluator> {
    const { db } = context;
    const untrained = await loadEmbeddings(db, dataset.id, 'untrained');
    const kept = keptRows({ ...dataset, count: untrained?.count ?? dataset.count });
    const probes = untrained
      ? spreadProbes(pickRows(untrained, kept), PROBES).map((place) => kept[place])
      : evenRows(dataset.count, PROBES, dataset.setAside);
    return new RunEvaluator(context, dataset, await qualityLabels(db, dataset.id), probes, dataset.pins);
  }

  /** Rows of the probe pictures: the pinned ones, then others spread over the set. */
  get probes(): number[] {
    const hidden = new Set(this.dataset.setAside);
    return [...new Set([...this.pins, ...this.even])].filter((row) => !hidden.has(row)).slice(0, PROBES);
  }

  /** Pictures of the data set. */
  get count(): number {
    return this.dataset.count;
  }

  /** Pictures and views that an evaluation embeds. */
  get embeds(): number {
    const { count } = this.dataset;
    return count + 2 * Math.min(count, VIEWED);
  }

  pin(rows: readonly number[]): void {
    this.pins = rows;
  }

  /** Embeds all pictures as `run` has them from then on, and measures that. `published` is called between the two. */
  async evaluate(
    encoder: Embeds,
    { run, step }: { run: string; step: number },
    progress: (done: number, of: number) => Promise<void>,
    published: () => void,
  ): Promise<{ evaluation: Evaluation; probes: ProbeRows }> {
    const { db, neighbourFinder } = this.context;
    const { count, id, removed } = this.dataset;
    const told = (done: number): Promise<void> => progress(done, this.embeds);
    const whose = { dataset: id, run, step, dim: encoder.dim, about: `this run at step ${grouped(step)}` };
    const views = await GrowingEmbeddings.make(db, whose, { whatever: true }, async (rows) => {
      while (rows.count < count) {
        const done = rows.count;
        const part = Array.from({ length: Math.min(PART_ROWS, count - done) }, (_, i) => done + i);
        await rows.add(await encoder.embed(part, (more) => told(done + more)));
      }
      const two = await twoViews(encoder, evenRows(count, VIEWED, removed), (done) => told(count + done));
      await rows.publish();
      return two;
    });
    published();
    const pause = (): Promise<void> => told(this.embeds);
    const measured = { ...(await readMeasured(db, id, run)), neighbourFinder, ...views };
    const measures = await evaluateEmbedding(measured, pause);
    const rows = await this.searched(run);
    this.latest = { step, rows };
    const ranking = await this.ranking(rows, pause);
    if (ranking) measures.push(ranking.measure);
    const difference = ranking && (await this.differenceOf(ranking.scores));
    const evaluation: Evaluation = { of: 'run', step, measures, ...(difference && { difference }) };
    return { evaluation, probes: this.nearest(step, rows) };
  }

  /** Stored embeddings of all pictures as a click finds in them. */
  private async searched(run: string): Promise<Rows> {
    const { db } = this.context;
    const { id } = this.dataset;
    const rows = this.refines ? (await readRefined(db, id, run))?.refined : await loadEmbeddings(db, id, run);
    if (!rows) throw goneFault('collection');
    return rows;
  }

  /** Whether the data set is searched in refined embeddings. */
  get refines(): boolean {
    return viewOf(this.dataset.searchView ?? SEARCH_VIEW, this.dataset.count).refined;
  }

  /** The nearest pictures of each probe, as a click would find them, by embeddings of all pictures: refined, where it `refines`. */
  nearest(step: number, { values, count, dim }: Rows): ProbeRows {
    const index = new CosineIndex(values, count, dim);
    const hidden = new Set(this.dataset.setAside);
    const nearest = (row: number) =>
      index
        .nearest(row, NEIGHBOURS + hidden.size)
        .filter((one) => !hidden.has(one.row))
        .slice(0, NEIGHBOURS);
    return { step, probes: this.probes.map((row) => ({ row, neighbours: nearest(row) })) };
  }

  /** mAP@R by the protocol of the list of encoders, so that both show one number; null without labels. */
  private async ranking(rows: Rows, pause: () => Promise<void>): Promise<ScoredMeasure | null> {
    if (!this.labels) return null;
    const { labelled, name: column } = this.labels;
    const task = new Task(undefined, undefined, pause);
    const all = await task.finish(retrievalMeasures(rows, labelled, column), '');
    return all.find(({ measure }) => measure.name === 'mAP@R') ?? null;
  }

  /** From the encoder that the data set is searched with, where that is measured. */
  private async differenceOf(scores: Scores): Promise<Evaluation['difference'] | null> {
    const { id: dataset, searchWith: from = pretrainedRun(FIRST_ENCODER) } = this.dataset;
    const known =
      this.labels && (await knownQuality(this.context.db, { dataset, of: from, refined: this.refines }, this.labels));
    const theirs = known?.find(({ measure }) => measure.name === 'mAP@R');
    return theirs?.scores ? { from, ...difference(scores, theirs.scores) } : null;
  }
}
