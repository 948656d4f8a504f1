import type { Slot } from '../../compiled/slot';
import type { Dispatch } from '../command';
import { each } from '../each';
import { type Lowering, vectorOf, widthOf } from '../lowering';
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

const component = (of: string, width: number, i: number): string => (width === 1 ? of : `${of}[${i}]`);

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
  const body =
    form === 'nn' ? rowsByColumns(what, sums) : form === 'nt' ? rowsByRows(what, sums) : columnsByColumns(what);
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

function rowsByColumns(what: Product, sums: Sums): string {
  const { m, n, k, store } = what;
  const [type, inner] = [vectorOf(n), vectorOf(k)];
  const [columns, depth, width, tile] = [n / widthOf(type), k / widthOf(inner), widthOf(inner), tileOf(m)];
  return `
    let column = t % ${columns};
    let row = t / ${columns} * ${tile};
    ${each(tile, (i) => `var sum${i} = ${type}(0.0);`)}
    ${sums.loop(depth)} {
      ${each(width, (j) => `let b${j} = load_b((k * ${width} + ${j}) * ${columns} + column);`)}
      ${each(
        tile,
        (i) => `let a${i} = load_a((row + ${i}) * ${depth} + k);
      ${each(width, (j) => `sum${i} += ${component(`a${i}`, width, j)} * b${j};`)}`,
      )}
    }
    ${sums.stored(tile, (i, sum) => store(`(row + ${i}) * ${columns} + column`, sum))}`;
}

function rowsByRows(what: Product, sums: Sums): string {
  const { m, n, k, store } = what;
  const [type, inner] = [vectorOf(n), vectorOf(k)];
  const [columns, depth, width, tile] = [n / widthOf(type), k / widthOf(inner), widthOf(type), tileOf(m)];
  const times = (a: string, b: string) => (inner === 'vec4f' ? `dot(${a}, ${b})` : `${a} * ${b}`);
  const all = (i: number) => Array.from({ length: width }, (_, j) => times(`a${i}`, `b${j}`)).join(', ');
  return `
    let column = t % ${columns};
    let row = t / ${columns} * ${tile};
    ${each(tile, (i) => `var sum${i} = ${type}(0.0);`)}
    ${sums.loop(depth)} {
      ${each(width, (j) => `let b${j} = load_b((column * ${width} + ${j}) * ${depth} + k);`)}
      ${each(
        tile,
        (i) => `let a${i} = load_a((row + ${i}) * ${depth} + k);
      sum${i} += ${type}(${all(i)});`,
      )}
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
      ${each(width, (i) => `sum${i} += ${component('a0', width, i)} * b0;`)}
    }
    ${each(width, (i) => store(`(row * ${width} + ${i}) * ${columns} + column`, `sum${i}`))}`;
}
