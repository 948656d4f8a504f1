import { classNumbers, folderColumn } from '../../src/core/labels/column';
import type { Dataset, EmbeddingTable, Evaluation, Measure, ProbeRows } from '../../src/core/records';
import { SEARCH_VIEW, viewOf } from '../../src/core/search_view';
import { keptRows, withoutAside } from '../../src/core/set_aside';
import { VIEWED } from '../../src/core/training_cost';
import type { Database } from '../../src/database/connection';
import { readSetAside } from '../../src/database/datasets';
import { loadEmbeddings } from '../../src/database/embeddings';
import { readPaths } from '../../src/database/images';
import { CosineIndex } from '../../src/evaluate/nearest';
import type { NeighbourFinder } from '../../src/evaluate/neighbours/neighbour_finder';
import { spreadProbes } from '../../src/evaluate/probes';
import { refined } from '../../src/evaluate/refine/refinement';
import { retrievalMeasures } from '../../src/evaluate/retrieval/retrieval';
import { pickRows, type Rows } from '../../src/evaluate/rows';
import { type Evaluated, evaluateEmbedding } from '../../src/evaluate/summary';
import type { Embeds } from '../../src/learn/embed';
import { type QualityLabels, qualityLabels } from '../evaluator/encoder_quality';
import type { Context } from './context';
import { evenRows, measuredPart } from './measured';
import { Task } from './task';

/** Probe pictures on the page, and neighbours shown of each. */
const PROBES = 6;
const NEIGHBOURS = 8;

type Table = Pick<EmbeddingTable, 'step' | 'count' | 'dim' | 'values'>;

/** The folder of each row as a class number, -1 for none and for what is set aside; null when no picture lies in one. */
export async function folderNumbers(db: Database, dataset: string): Promise<Int32Array | null> {
  const labels = (await readPaths(db, dataset)).map(({ label }) => label);
  const folders = folderColumn(withoutAside(labels, await readSetAside(db, dataset)));
  return folders && classNumbers(folders).numbers;
}

/** Embeds pictures with an encoder and measures the result, by two views of some of them too unless `views` is false. */
export async function evaluate(
  of: Evaluation['of'],
  encoder: Embeds,
  {
    rows,
    viewed,
    step,
    labels,
    neighbourFinder,
  }: {
    rows: readonly number[];
    /** Pictures whose views are measured; none: empty. */
    viewed: readonly number[];
    step: number;
  } & Pick<Evaluated, 'labels' | 'neighbourFinder'>,
  progress: (done: number, of: number) => Promise<void>,
): Promise<{ evaluation: Evaluation; table: Table }> {
  const count = rows.length;
  const total = count + 2 * viewed.length;
  const values = await encoder.embed(rows, (done) => progress(done, total));
  const viewA = await encoder.embedViews(viewed, 0, (done) => progress(count + done, total));
  const viewB = await encoder.embedViews(viewed, 1, (done) => progress(count + viewed.length + done, total));
  const table = { step, count, dim: encoder.dim, values };
  const two = viewed.length > 0 ? { viewA, viewB, recipe: encoder.recipe } : {};
  const measured = { ...measuredPart(table, labels), neighbourFinder, ...two };
  const measures = await evaluateEmbedding(measured, () => progress(total, total));
  return { evaluation: { of, step, measures }, table };
}

/** Evaluates one run again and again: the same pictures, labels, views and probes every time, searched as the data set is. */
export class RunEvaluator {
  /** The embeddings of the last evaluation, as they are searched. */
  latest: { step: number; rows: Rows } | null = null;

  private constructor(
    private readonly dataset: Dataset,
    private readonly folders: Int32Array | null,
    private readonly labels: QualityLabels | null,
    private readonly neighbourFinder: NeighbourFinder,
    private readonly even: readonly number[],
    private pins: readonly number[],
  ) {}

  static async open({ db, neighbourFinder }: Context, dataset: Dataset): Promise<RunEvaluator> {
    const untrained = await loadEmbeddings(db, dataset.id, 'untrained');
    const kept = keptRows({ ...dataset, count: untrained?.count ?? dataset.count });
    const probes = untrained
      ? spreadProbes(pickRows(untrained, kept), PROBES).map((place) => kept[place])
      : evenRows(dataset.count, PROBES, dataset.setAside);
    const folders = await folderNumbers(db, dataset.id);
    const labels = await qualityLabels(db, dataset.id);
    return new RunEvaluator(dataset, folders, labels, neighbourFinder, probes, dataset.pins);
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

  async evaluate(encoder: Embeds, step: number, progress: (done: number, of: number) => Promise<void>) {
    const { count, id, removed } = this.dataset;
    const known = { labels: this.folders, neighbourFinder: this.neighbourFinder };
    const seen = { rows: evenRows(count, count), viewed: evenRows(count, VIEWED, removed) };
    const { evaluation, table } = await evaluate('run', encoder, { ...seen, step, ...known }, progress);
    const { values, dim } = table;
    const rows = this.refines ? refined(values, count, dim) : { values, count, dim };
    this.latest = { step, rows };
    const search = await this.searchMeasures(rows, () => progress(this.embeds, this.embeds));
    const measures = [...evaluation.measures, ...search];
    return {
      evaluation: { ...evaluation, measures },
      probes: this.nearest(step, rows),
      table: { dataset: id, ...table },
    };
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

  /** mAP@R by the protocol of the list of encoders, so that both show one number. */
  private async searchMeasures(rows: Rows, pause: () => Promise<void>): Promise<Measure[]> {
    if (!this.labels) return [];
    const { labelled, name: column } = this.labels;
    const task = new Task(undefined, undefined, pause);
    const all = await task.finish(retrievalMeasures(rows, labelled, column), '');
    return all.map(({ measure }) => measure).filter(({ name }) => name === 'mAP@R');
  }
}
