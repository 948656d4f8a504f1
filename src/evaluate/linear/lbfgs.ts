import type { Work } from '../work';

/** A convex function to be minimised. */
export interface Convex {
  /** Value at x; writes the gradient. */
  at(x: Float64Array, gradient: Float64Array): number;
  /** A guess of the inverse Hessian times a vector, in place: what turns a gradient into a step. */
  precondition(vector: Float64Array): Float64Array;
}

/** Steps whose curvature is remembered. */
const MEMORY = 8;
/** Sufficient decrease (Armijo). */
const DECREASE = 1e-4;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

const plus = (a: Float64Array, times: number, b: Float64Array): Float64Array =>
  a.map((value, i) => value + times * b[i]);

interface Curvature {
  step: Float64Array;
  change: Float64Array;
  /** 1 / (step . change) */
  rho: number;
}

/** Two-loop recursion: the approximate inverse Hessian times the gradient. Nocedal & Wright, algorithm 7.4. */
function direction(gradient: Float64Array, memory: readonly Curvature[], { precondition }: Convex): Float64Array {
  let q: Float64Array = gradient.slice();
  const shares = new Float64Array(memory.length);
  for (let i = memory.length - 1; i >= 0; i--) {
    const { step, change, rho } = memory[i];
    shares[i] = rho * dot(step, q);
    q = plus(q, -shares[i], change);
  }
  q = precondition(q);
  for (const [i, { step, change, rho }] of memory.entries()) q = plus(q, shares[i] - rho * dot(change, q), step);
  return q;
}

/**
 * Minimum of a convex function by L-BFGS with backtracking (Nocedal & Wright, algorithm 7.5). Stops when half the product
 * of gradient and step, an estimate of how far the value is above its minimum, is below `tolerance`. Yields after every
 * step; how many there will be is not known.
 */
export function* minimise(convex: Convex, start: Float64Array, tolerance: number, most = 200): Work<Float64Array> {
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(x.length);
  let value = convex.at(x, gradient);
  const memory: Curvature[] = [];
  for (let iteration = 0; iteration < most; iteration++) {
    const down = direction(gradient, memory, convex);
    const descent = dot(gradient, down);
    if (!(descent > 2 * tolerance)) break;
    let length = 1;
    let next = plus(x, -length, down);
    const nextGradient = new Float64Array(x.length);
    let nextValue = convex.at(next, nextGradient);
    while (!(nextValue <= value - DECREASE * length * descent) && length > 1e-10) {
      length /= 2;
      next = plus(x, -length, down);
      nextValue = convex.at(next, nextGradient);
    }
    if (!(nextValue <= value)) break; // nothing left to gain in double precision
    const change = plus(nextGradient, -1, gradient);
    const step = plus(next, -1, x);
    const curvature = dot(step, change);
    if (curvature > 0) memory.push({ step, change, rho: 1 / curvature });
    if (memory.length > MEMORY) memory.shift();
    x = next;
    value = nextValue;
    gradient = nextGradient;
    yield 0;
  }
  return x;
}
