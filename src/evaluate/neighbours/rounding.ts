/** WGSL lets an operation round up or down as it likes: a whole unit in the last place of single precision, not half. */
const UNIT = 2 ** -23;

/**
 * The most by which a dot product of two unit rows [dim] in single precision, added up in any order, is off `product`.
 *
 * With the zeros that fill the last vec4 there are n terms. Each is rounded n times at most on its way into the sum: once
 * when it is multiplied, and at n - 1 additions; fused operations round less. So the error is at most g sum |x_i y_i| <=
 * g |x| |y|, where g = n u / (1 - n u) (Higham 2002, Accuracy and Stability of Numerical Algorithms, 3.1; Cauchy-Schwarz).
 * What else there is lies far within the 2^-20 of g that is added: rows scaled to length 1 in single precision may be 1 +
 * 2^-23 long, numbers below 2^-126 may count as zero, and the double sum is itself off by n 2^-53.
 */
export function rounding(dim: number): number {
  const n = 4 * Math.ceil(dim / 4);
  return ((n * UNIT) / (1 - n * UNIT)) * (1 + 2 ** -20);
}
