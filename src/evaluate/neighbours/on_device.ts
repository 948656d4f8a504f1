import { Fault } from '../../core/fault';
import { CosineIndex } from '../nearest';
import { pickRows, type Rows } from '../rows';
import type { Neighbours } from './neighbours';
import { type Candidates, settle } from './settle';

/** Unit rows where they are searched fast, but in single precision. */
export interface Bank {
  /** The k nearest rows of each query [Q, dim] as they seem, but for the row that the query itself is. */
  find(queries: Float32Array, k: number, itself: Int32Array): Promise<Candidates>;
  dispose(): void | Promise<void>;
}

/** @throws Fault('memory' | 'device') where that cannot be had */
export type OpenBank = (unit: Float32Array, dim: number) => Promise<Bank>;

/** Candidates beyond the k that are asked for: enough that the last one is clearly farther than the k-th. */
const MARGIN = 16;
/** The device's search is for some hundreds of neighbours: it takes them one after the other. */
const MOST = 512;
/** Products of two numbers that the loop has done in a sixteenth of a second: less is not worth the way to the device. */
const WORTH_IT = 2 ** 27;

/**
 * Searches on a device and settles what it finds, so that the result is the loop's to the last bit. Where the device has
 * no room, is lost, or gives what it cannot have found, the loop does it all.
 * @param least products of two numbers below which the loop is asked at once
 */
export const onDevice = (open: OpenBank, least = WORTH_IT): Neighbours => ({
  async ofRows({ values, count, dim }, queries, k) {
    const index = new CosineIndex(values, count, dim);
    const each = Math.min(k + MARGIN, count - 1);
    const fits = k >= 1 && each >= 1 && each <= MOST && queries.length * count * dim >= least;
    // A device need not know what is not a number from what is one.
    const found = fits && allFinite(index.unit) ? await candidates(open, index.unit, queries, each) : null;
    return (found && settle(index, queries, k, found, each)) ?? index.nearestOfRows(queries, k);
  },
});

async function candidates(open: OpenBank, unit: Rows, queries: Int32Array, each: number): Promise<Candidates | null> {
  try {
    const bank = await open(unit.values, unit.dim);
    try {
      return await bank.find(pickRows(unit, queries).values, each, queries);
    } finally {
      await bank.dispose();
    }
  } catch (cause) {
    if (cause instanceof Fault) return null;
    throw cause;
  }
}

function allFinite({ values }: Rows): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}
