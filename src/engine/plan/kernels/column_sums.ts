import { elements, type Tensor } from '../../../graph/tensor';
import type { Pass } from '../../schedule';
import type { Lowering } from '../lowering';
import type { Slot } from '../slot';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { sumOfParts } from './parts';

/** The gradient at a vector that was added to every row: dy summed over the rows, in parts that fill the device. */
export function columnSums(to: Lowering, vector: Tensor, pass: Pass, dy: Slot): void {
  const channels = elements(vector.shape);
  const layout = channelsOf([dy.elements / channels, channels], 1, to.tuning);
  const { type } = layout;
  const sums = to.slot('parts of columns', layout.parts * channels);
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
  sumOfParts(to, 'add vector gradient', layout, sums, to.into(vector, pass, 'dx', type));
}
