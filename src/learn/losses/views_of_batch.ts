import { constant } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';

// Two views of each of N pictures as 2N rows: row i and row i + N (mod 2N) are views of one picture.

const integers = (rows: number, of: (row: number) => number): Tensor =>
  constant(
    Int32Array.from({ length: rows }, (_, i) => of(i)),
    [rows],
  );

/** Each row's own number. [2N] */
export const selves = (rows: number): Tensor => integers(rows, (i) => i);

/** Each row's other view. [2N] */
export const partners = (rows: number): Tensor => integers(rows, (i) => (i + rows / 2) % rows);

/** The picture of each row. [2N] */
export const pictures = (rows: number): Tensor => integers(rows, (i) => i % (rows / 2));

/** A view of another picture for each row. [2N] */
export const strangers = (rows: number): Tensor => integers(rows, (i) => (i + 1) % (rows / 2));
