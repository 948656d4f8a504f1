import * as tf from '@tensorflow/tfjs-core';
import type { Twin } from '../twin';

/** Begin and size of rows [begin, begin + size) of a tensor of any rank. */
const rows = (x: tf.Tensor, begin: number, size: number): tf.Tensor =>
  tf.slice(x, [begin, ...x.shape.slice(1).map(() => 0)], [size, ...x.shape.slice(1)]);

export const concatColumns: Twin<'concatColumns'> = {
  value: ({ inputs }) => tf.concat([...inputs], inputs[0].rank - 1),
};

export const concatRows: Twin<'concatRows'> = { value: ({ inputs: [a, b] }) => tf.concat([a, b], 0) };

export const sliceRows: Twin<'sliceRows'> = {
  value: ({ attributes: { begin, size }, inputs: [x] }) => rows(x, begin, size),
};

/** y[i] = x[order[i]] */
export const gatherRows: Twin<'gatherRows'> = {
  value: ({ inputs: [x, order] }) => tf.gather(x, order as tf.Tensor1D),
};

export const reshape: Twin<'reshape'> = {
  value: ({ inputs: [x], shape }) => tf.reshape(x, [...shape]),
};

/** The rows are written in one piece, or where the ring ends in two: its last places, then its first. */
export const writeRing: Twin<'writeRing'> = {
  value: ({ inputs: [ring, added], numbers: [pointer] }) => {
    const [size, count] = [ring.shape[0] as number, added.shape[0] as number];
    const begin = ((pointer % size) + size) % size;
    const fits = Math.min(count, size - begin);
    const wrapped = count - fits;
    const parts = [
      rows(added, fits, wrapped),
      rows(ring, wrapped, begin - wrapped),
      rows(added, 0, fits),
      rows(ring, begin + fits, size - begin - fits),
    ];
    return tf.concat(
      parts.filter((part) => part.size > 0),
      0,
    );
  },
};
