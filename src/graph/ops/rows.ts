import { demand, elements, node, type Shape, type Tensor } from '../tensor';

function demandMatrix(op: string, ...matrices: Tensor[]): void {
  for (const x of matrices) demand(x.shape.length === 2, op, `needs a matrix, got [${x.shape}]`);
}

/** Rows of length 1: x / max(|x|, 1e-12). */
export function unitRows(x: Tensor): Tensor {
  demandMatrix('unitRows', x);
  return node('unitRows', {}, [x], x.shape);
}

/** Inner product row by row: [N, C] . [N, C] -> [N, 1]. */
export function rowDot(a: Tensor, b: Tensor): Tensor {
  demandMatrix('rowDot', a, b);
  demand(a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1], 'rowDot', `[${a.shape}] and [${b.shape}] differ`);
  return node('rowDot', {}, [a, b], [a.shape[0], 1]);
}

/** Side by side along the last dimension: [..., A], [..., B], ... -> [..., A + B + ...]. */
export function concatColumns(...parts: Tensor[]): Tensor {
  const leading = parts[0].shape.slice(0, -1);
  for (const { shape } of parts)
    demand(`${shape.slice(0, -1)}` === `${leading}`, 'concatColumns', `[${parts[0].shape}] and [${shape}]`);
  const columns = parts.reduce((sum, { shape }) => sum + shape[shape.length - 1], 0);
  return node('concatColumns', {}, parts, [...leading, columns]);
}

/** [N, ...], [M, ...] -> [N + M, ...]. */
export function concatRows(a: Tensor, b: Tensor): Tensor {
  demand(
    `${a.shape.slice(1)}` === `${b.shape.slice(1)}` && a.dtype === b.dtype,
    'concatRows',
    `[${a.shape}] and [${b.shape}]`,
  );
  return node('concatRows', {}, [a, b], [a.shape[0] + b.shape[0], ...a.shape.slice(1)], a.dtype);
}

export function sliceRows(x: Tensor, begin: number, size: number): Tensor {
  demand(begin >= 0 && begin + size <= x.shape[0], 'sliceRows', `[${begin}, ${begin + size}) of ${x.shape[0]} rows`);
  return node('sliceRows', { begin, size }, [x], [size, ...x.shape.slice(1)], x.dtype);
}

/** x [N, ...], order int32 [M] -> [M, ...]: row i is x[order[i]]. */
export function gatherRows(x: Tensor, order: Tensor): Tensor {
  demand(order.dtype === 'int32' && order.shape.length === 1, 'gatherRows', 'the order must be int32 [M]');
  return node('gatherRows', {}, [x, order], [order.shape[0], ...x.shape.slice(1)], x.dtype);
}

/** The same values, row-major, under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  demand(elements(x.shape) === elements(shape), 'reshape', `[${x.shape}] does not fill [${shape}]`);
  return node('reshape', {}, [x], shape, x.dtype);
}

/** ring [K, ...] with rows [N, ...] written at (pointer + i) mod K. N <= K. */
export function writeRing(ring: Tensor, rows: Tensor, pointer: Tensor): Tensor {
  demand(
    `${ring.shape.slice(1)}` === `${rows.shape.slice(1)}` && ring.dtype === rows.dtype,
    'writeRing',
    `[${rows.shape}] into [${ring.shape}]`,
  );
  demand(rows.shape[0] <= ring.shape[0], 'writeRing', `${rows.shape[0]} rows into a ring of ${ring.shape[0]}`);
  demand(pointer.kind === 'scalar', 'writeRing', 'the pointer must be a scalar node');
  return node('writeRing', {}, [ring, rows, pointer], ring.shape, ring.dtype);
}
