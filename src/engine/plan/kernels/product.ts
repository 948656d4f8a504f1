import type { Slot } from '../../compiled/slot';
import type { Dispatch } from '../command';
import { each } from '../each';
import { type Lowering, vectorOf, widthOf } from '../lowering';
import { components, inner } from './geometry';
import { together, togetherIn } from './together';

/** y [M, N] = a . b, sums over K. Letters as in BLAS: 't' where the matrix is stored transposed. */
export interface Product {
  label: string;
  form: 'nn' | 'nt' | 'tn';
  m: number;
  n: number;
  k: number;
  /** [M, K], or [K, M] in form 'tn'. */
  a: Slot;
  /** [K, N], or [N, K] in form 'nt'. */
  b: Slot;
  reads?: Dispatch['reads'];
  writes: Dispatch['writes'];
  /** Statement that stores `value`, of the element type of `writes`, at a vector index. */
  store(index: string, value: string): string;
}

/** Rows of y that one thread makes: what it loads of b serves them all. */
const tileOf = (rows: number): number => [4, 2, 1].find((tile) => rows % tile === 0) as number;

/** Steps of a sum that are worth a workgroup, and threads of that. */
const SIZE = 64;

/**
 * A thread for each tile of rows and vector of columns, all of K in its loop: for the small products of a head. Where threads
 * share memory and would be few, each is a workgroup that divides the sum.
 */
export function product(to: Lowering, what: Product): void {
  const { label, form, m, n, k } = what;
  const type = vectorOf(n);
  const threads = (m / (form === 'tn' ? widthOf(vectorOf(m)) : tileOf(m))) * (n / widthOf(type));
  const long = form !== 'tn' && k / widthOf(vectorOf(k)) >= SIZE;
  const divided = long && to.tuning.sharing && 16 * threads <= to.tuning.threads;
  const sums = divided ? BY_WORKGROUP : BY_THREAD;
  const body = form === 'tn' ? columnsByColumns(what) : byRows(what, sums);
  const [typeOfA, typeOfB] = [form === 'tn' ? vectorOf(m) : vectorOf(k), form === 'nt' ? vectorOf(k) : type];
  to.dispatch({
    label,
    reads: { a: [what.a, typeOfA], b: [what.b, typeOfB], ...what.reads },
    writes: what.writes,
    ...(divided ? { workgroups: togetherIn(type, threads), body: `let t = group;\n${body}` } : { threads, body }),
    flops: to.flops,
  });
}

/** How a sum over k is made: the head of the loop, and statements that store `sum{i}` by another. */
interface Sums {
  loop(depth: number): string;
  stored(tile: number, store: (i: number, sum: string) => string): string;
}

const BY_THREAD: Sums = {
  loop: (depth) => `for (var k = 0; k < ${depth}; k++)`,
  stored: (tile, store) => each(tile, (i) => store(i, `sum${i}`)),
};

const BY_WORKGROUP: Sums = {
  loop: (depth) => `for (var k = local; k < ${depth}; k += ${SIZE})`,
  stored: (tile, store) => `
    ${each(tile, (i) => together(`sum${i}`, `total${i}`))}
    if (local == 0) { ${each(tile, (i) => store(i, `total${i}`))} }`,
};

/** Rows of a by the columns of b, or by its rows where that is stored transposed. */
function byRows({ form, m, n, k, store }: Product, sums: Sums): string {
  const [type, deep] = [vectorOf(n), vectorOf(k)];
  const [columns, depth, tile] = [n / widthOf(type), k / widthOf(deep), tileOf(m)];
  const transposed = form === 'nt';
  const width = widthOf(transposed ? type : deep);
  const at = (j: number) =>
    transposed ? `(column * ${width} + ${j}) * ${depth} + k` : `(k * ${width} + ${j}) * ${columns} + column`;
  const added = (i: number) => {
    if (!transposed) return components(`a${i}`, deep).map((value, j) => `sum${i} += ${value} * b${j};`);
    const dots = Array.from({ length: width }, (_, j) => inner(`a${i}`, `b${j}`, deep));
    return [`sum${i} += ${type}(${dots.join(', ')});`];
  };
  return `
    let column = t % ${columns};
    let row = t / ${columns} * ${tile};
    ${each(tile, (i) => `var sum${i} = ${type}(0.0);`)}
    ${sums.loop(depth)} {
      ${each(width, (j) => `let b${j} = load_b(${at(j)});`)}
      ${each(tile, (i) => `let a${i} = load_a((row + ${i}) * ${depth} + k);\n${added(i).join('\n')}`)}
    }
    ${sums.stored(tile, (i, sum) => store(`(row + ${i}) * ${columns} + column`, sum))}`;
}

function columnsByColumns(what: Product): string {
  const { m, n, k, store } = what;
  const [type, outer] = [vectorOf(n), vectorOf(m)];
  const [columns, rows, width] = [n / widthOf(type), m / widthOf(outer), widthOf(outer)];
  return `
    let column = t % ${columns};
    let row = t / ${columns};
    ${each(width, (i) => `var sum${i} = ${type}(0.0);`)}
    for (var k = 0; k < ${k}; k++) {
      let b0 = load_b(k * ${columns} + column);
      let a0 = load_a(k * ${rows} + row);
      ${components('a0', outer)
        .map((value, i) => `sum${i} += ${value} * b0;`)
        .join('\n')}
    }
    ${each(width, (i) => store(`(row * ${width} + ${i}) * ${columns} + column`, `sum${i}`))}`;
}
