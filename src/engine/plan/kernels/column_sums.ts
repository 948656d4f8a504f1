import { elements, type Tensor } from '../../../graph/tensor';
import type { Pass } from '../../schedule';
import { type Lowering, vectorOf, widthOf } from '../lowering';
import { type Slot, whole } from '../slot';
import { partsFor } from '../tuning';
import { PLACE, rowLoop, threadsOf } from './channels';
import { fewParts } from './statistics';
import { together, togetherIn } from './together';

/** Rows that are worth a thread of their own. */
const ROWS = 64;

/**
 * The gradient at a vector that was added to every row: dy summed over the rows, in parts that fill the device. Few are left
 * apart for their reader, many are added up here; always in the same order.
 */
export function columnSums(to: Lowering, vector: Tensor, pass: Pass, dy: Slot): void {
  const channels = elements(vector.shape);
  const rows = dy.elements / channels;
  const type = vectorOf(channels);
  const vectors = channels / widthOf(type);
  const wanted = Math.min(Math.ceil(to.tuning.threads / vectors), Math.max(1, Math.floor(rows / ROWS)));
  const layout = { groups: 1, rows, channels, type, vectors, parts: partsFor(to.tuning, wanted) };
  const { parts } = layout;
  const few = fewParts(to, layout);
  const home = few && vector.kind === 'variable' ? 'sums' : 'pool';
  const sums = to.slot('parts of columns', parts * channels, { home });
  to.dispatch({
    label: 'add vector gradient',
    reads: { dy: [dy, type] },
    writes: { sums: [sums, type] },
    threads: threadsOf(layout),
    body: `
      ${PLACE(layout)}
      var total = ${type}(0.0);
      ${rowLoop(layout, 'total += dy[at];')}
      sums[t] = total;`,
  });
  if (few) {
    to.give(vector, pass, { ...whole(sums), count: parts, stride: channels });
    return;
  }
  const { reads, writes, store } = to.into(vector, pass, 'dx', type);
  to.dispatch({
    label: 'sum of columns',
    reads: { sums: [sums, type], ...reads },
    writes,
    workgroups: togetherIn(type, vectors),
    body: `
      var own = ${type}(0.0);
      for (var part = local; part < ${parts}; part += 64) { own += sums[part * ${vectors} + group]; }
      ${together('own', 'total')}
      if (local == 0) { ${store('group', 'total')} }`,
  });
}
