import { demand, node, type Tensor } from '../tensor';

const same = (a: Tensor, b: Tensor): boolean =>
  a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i]);

/** x [N, I] . w [I, O] -> [N, O]; with transposeRight, w is [O, I]. */
export function matMul(x: Tensor, w: Tensor, { transposeRight = false } = {}): Tensor {
  demand(x.shape.length === 2 && w.shape.length === 2, 'matMul', `needs matrices, got [${x.shape}] and [${w.shape}]`);
  const [inner, outer] = transposeRight ? [w.shape[1], w.shape[0]] : w.shape;
  demand(
    x.shape[1] === inner,
    'matMul',
    `[${x.shape}] does not meet [${w.shape}]${transposeRight ? ' transposed' : ''}`,
  );
  return node('matMul', { transposeRight }, [x, w], [x.shape[0], outer]);
}

/** Elementwise; or right a vector [C] added to every row of left [..., C]. */
export function add(left: Tensor, right: Tensor): Tensor {
  const vector = right.shape.length === 1 && right.shape[0] === left.shape[left.shape.length - 1];
  demand(same(left, right) || vector, 'add', `[${left.shape}] and [${right.shape}] do not fit`);
  return node('add', {}, [left, right], left.shape);
}

export const relu = (x: Tensor): Tensor => node('relu', {}, [x], x.shape);

/** min(max(x, 0), 6). */
export const relu6 = (x: Tensor): Tensor => node('relu6', {}, [x], x.shape);

export const scale = (x: Tensor, factor: number): Tensor => node('scale', { factor }, [x], x.shape);

/** left + factor * right. */
export function addScaled(left: Tensor, right: Tensor, factor: number | Tensor): Tensor {
  demand(same(left, right), 'addScaled', `[${left.shape}] and [${right.shape}] differ`);
  return typeof factor === 'number'
    ? node('addScaled', { factor }, [left, right], left.shape)
    : node('addScaled', { factor: null }, [left, right, factor], left.shape);
}

/** left times right, element by element. */
export function mul(left: Tensor, right: Tensor): Tensor {
  demand(same(left, right), 'mul', `[${left.shape}] and [${right.shape}] differ`);
  return node('mul', {}, [left, right], left.shape);
}

/** e^x, element by element. */
export const exp = (x: Tensor): Tensor => node('exp', {}, [x], x.shape);

/** left (1 - weight) + right weight: an exponential moving average when left is the old value. */
export function blend(left: Tensor, right: Tensor, weight: number | Tensor): Tensor {
  demand(same(left, right), 'blend', `[${left.shape}] and [${right.shape}] differ`);
  return typeof weight === 'number'
    ? node('blend', { weight }, [left, right], left.shape)
    : node('blend', { weight: null }, [left, right, weight], left.shape);
}

/** Mean of all elements -> []. */
export const mean = (x: Tensor): Tensor => node('mean', {}, [x], []);
