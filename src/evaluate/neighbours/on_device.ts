import { Fault } from '../../core/fault';
import { CosineIndex, type NearestTable, Places } from '../nearest';
import { pickRows, type Rows } from '../rows';
import type { NeighbourFinder } from './neighbour_finder';

/** Cosines of a batch of queries with some of the rows, [batch, count], query by query. */
export interface Scores {
  readonly first: number;
  readonly count: number;
  readonly values: Float32Array;
}

/** Unit rows where their products are fast, but in single precision. */
export interface Bank {
  /** Of each query [batch, dim] with every row, rows in order. */
  products(queries: Float32Array): Promise<readonly Scores[]>;
  dispose(): void;
}

/** @throws Fault('memory' | 'device') where that cannot be had */
export type OpenBank = (unit: Rows, batch: number) => Promise<Bank>;

/** Queries of one run. */
const BATCH = 64;
/** Products of two numbers that the loop has done in a sixteenth of a second: less is not worth the way to the device. */
const WORTH_IT = 2 ** 27;

/**
 * Has a device multiply and picks the nearest here: rows whose cosines differ by less than single precision resolves, some
 * 1e-6, may stand in another order than the loop's. Where the device has no room or is lost, the loop does it all.
 * @param least products of two numbers below which the loop is asked at once
 */
export const onDevice = (open: OpenBank, least = WORTH_IT): NeighbourFinder => ({
  async ofRows({ values, count, dim }, queries, k) {
    const index = new CosineIndex(values, count, dim);
    const worth = queries.length * count * dim >= least;
    return (worth ? await found(open, index.unit, queries, k) : null) ?? index.nearestOfRows(queries, k);
  },
});

async function found(open: OpenBank, unit: Rows, queries: Int32Array, k: number): Promise<NearestTable | null> {
  const places = new Places(queries.length, k);
  try {
    const bank = await open(unit, BATCH);
    try {
      for (let from = 0; from < queries.length; from += BATCH) {
        const asked = queries.subarray(from, from + BATCH);
        const batch = new Float32Array(BATCH * unit.dim);
        batch.set(pickRows(unit, asked).values);
        for (const { first, count, values } of await bank.products(batch))
          for (const [i, query] of asked.entries())
            for (let row = 0, at = i * count; row < count; row++, at++)
              if (first + row !== query) places.offer(from + i, first + row, values[at]);
      }
    } finally {
      bank.dispose();
    }
  } catch (cause) {
    if (cause instanceof Fault) return null;
    throw cause;
  }
  return { k, queries, rows: places.rows, similarities: places.values };
}
