import { Draws } from '../core/random';

/** Steps that one pass over the pictures takes; the pictures left over by the last full batch come again next time. */
export const stepsPerEpoch = (count: number, batch: number): number => Math.floor(count / batch);

let kept: { key: string; order: Int32Array } | null = null;

/** The epoch's order. Kept for the next call: consecutive steps share it. */
function epochOrder(seed: number, count: number, epoch: number): Int32Array {
  const key = `${seed} ${count} ${epoch}`;
  if (kept?.key !== key) kept = { key, order: new Draws({ seed, purpose: 'order', step: epoch }).permutation(count) };
  return kept.order;
}

/**
 * Rows of step `step` (from 0): `batch` of `count` pictures, each at most once an epoch, every epoch in a new order.
 * A pure function of its arguments, so a resumed run needs no epoch position beside its step.
 */
export function batchRows(seed: number, count: number, batch: number, step: number): Int32Array {
  const perEpoch = stepsPerEpoch(count, batch);
  if (perEpoch < 1) throw new Error(`batchRows: a batch of ${batch} from ${count} pictures`);
  const begin = (step % perEpoch) * batch;
  return epochOrder(seed, count, Math.floor(step / perEpoch)).slice(begin, begin + batch);
}
