import { classNumbers, folderColumn } from '../../src/core/labels/column';
import type { Dataset, EmbeddingTable, Evaluation, ProbeRows } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { loadEmbeddings } from '../../src/database/embeddings';
import { readPaths } from '../../src/database/images';
import { CosineIndex } from '../../src/evaluate/nearest';
import type { Neighbours } from '../../src/evaluate/neighbours/neighbours';
import { spreadProbes } from '../../src/evaluate/probes';
import { type Evaluated, evaluateEmbedding } from '../../src/evaluate/summary';
import type { Embeds } from '../../src/learn/embed';
import type { Context } from './context';

/** Probe pictures on the page, and neighbours shown of each. */
const PROBES = 6;
const NEIGHBOURS = 8;
/** Pictures whose two frozen views are compared: enough for an error of two points, few enough to be quick. */
export const VIEWED = 512;

type Table = Pick<EmbeddingTable, 'step' | 'count' | 'dim' | 'values'>;

/** The nearest pictures of each probe in one table. */
export function probesFrom({ step, count, dim, values }: Table, rows: readonly number[]): ProbeRows {
  const index = new CosineIndex(values, count, dim);
  return { step, probes: rows.map((row) => ({ row, neighbours: index.nearest(row, NEIGHBOURS) })) };
}

/** Rows spread evenly over 0 .. count - 1, `most` at the most. */
export const evenRows = (count: number, most: number): number[] =>
  Array.from({ length: Math.min(count, most) }, (_, i) => Math.floor((i * count) / Math.min(count, most)));

/** The folder of each row as a class number, -1 for none; null when no picture lies in one. */
export async function labelNumbers(db: Database, dataset: string): Promise<Int32Array | null> {
  const folders = folderColumn((await readPaths(db, dataset)).map(({ label }) => label));
  return folders && classNumbers(folders).numbers;
}

/** Embeds the whole data set with an encoder and measures the result: all numbers of one place in a run. */
export async function look(
  of: Evaluation['of'],
  encoder: Embeds,
  { count, step, ...known }: { count: number; step: number } & Pick<Evaluated, 'labels' | 'neighbours'>,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<{ evaluation: Evaluation; table: Table }> {
  const viewed = evenRows(count, VIEWED);
  const total = count + 2 * viewed.length;
  const values = await encoder.embed(evenRows(count, count), (done) => progress(done, total));
  const viewA = await encoder.embedViews(viewed, 0, (done) => progress(count + done, total));
  const viewB = await encoder.embedViews(viewed, 1, (done) => progress(count + viewed.length + done, total));
  const table = { step, count, dim: encoder.dim, values };
  const measures = await evaluateEmbedding({ ...table, ...known, viewA, viewB, recipe: encoder.recipe });
  return { evaluation: { of, step, measures }, table };
}

/** Judges one run again and again: the same pictures, labels, views and probes every time. */
export class Judge {
  /** The table of the last look. */
  latest: Table | null = null;

  private constructor(
    private readonly dataset: Dataset,
    private readonly labels: Int32Array | null,
    private readonly neighbours: Neighbours,
    private readonly even: readonly number[],
    private pins: readonly number[],
  ) {}

  static async open({ db, neighbours }: Context, dataset: Dataset): Promise<Judge> {
    const untrained = await loadEmbeddings(db, dataset.id, 'untrained');
    const spread = untrained
      ? spreadProbes(untrained.values, untrained.count, untrained.dim, PROBES)
      : evenRows(dataset.count, PROBES);
    return new Judge(dataset, await labelNumbers(db, dataset.id), neighbours, spread, dataset.pins);
  }

  /** Rows of the probe pictures: the pinned ones, then others spread over the set. */
  get probes(): number[] {
    return [...new Set([...this.pins, ...this.even])].slice(0, PROBES);
  }

  /** Pictures and views that a look embeds. */
  get embeds(): number {
    const { count } = this.dataset;
    return count + 2 * Math.min(count, VIEWED);
  }

  pin(rows: readonly number[]): void {
    this.pins = rows;
  }

  async look(encoder: Embeds, step: number, progress: (done: number, of: number) => Promise<void>) {
    const { count, id } = this.dataset;
    const { labels, neighbours } = this;
    const { evaluation, table } = await look('run', encoder, { count, labels, step, neighbours }, progress);
    this.latest = table;
    return { evaluation, probes: probesFrom(table, this.probes), table: { dataset: id, ...table } };
  }
}
