import type { Dispatch } from '../command';
import { each } from '../rule';
import type { Slot } from '../slot';
import type { KernelVariant } from '../tuning';

/** scores [Q, R] = queries . rows, both of `depth` vec4 a row. */
export interface Similarities {
  /** [R, 4 depth] */
  bank: Slot;
  /** [Q, 4 depth]; Q is 1 or 4 times a power of two: what the caller has no query for is zeros. */
  queries: Slot;
  scores: Slot;
  rows: number;
  queryCount: number;
  depth: number;
}

/** Rows and queries of a shared tile, and how many of each a thread multiplies. */
const TILE = 64;
const EACH = 4;
/** vec4 of each row that are loaded at a time: 16 numbers. */
const STEP = 4;

/** A tile has at least 4 x 4 threads a side: fewer queries take the direct kernel. */
export const FEWEST_TILED = 16;

/**
 * Every sum runs through the depth in the same order whatever tile, chunk or batch a pair is in, so that equal rows have
 * equal similarities to the last bit.
 */
export function similarities(variant: KernelVariant, what: Similarities): Dispatch {
  const { bank, queries, scores, rows, queryCount, depth } = what;
  const tiled = variant === 'tiled' && queryCount >= FEWEST_TILED;
  return {
    type: 'dispatch',
    label: 'similarities',
    reads: { bank: [bank, 'vec4f'], queries: [queries, 'vec4f'] },
    writes: { scores: [scores, 'f32'] },
    flops: 8 * rows * queryCount * depth,
    ...(tiled ? tiles(what) : registers(what)),
  };
}

/** A thread for each four rows and up to four queries. */
function registers({ rows, queryCount, depth }: Similarities): Pick<Dispatch, 'threads' | 'body'> {
  const [rowTiles, width] = [Math.ceil(rows / EACH), Math.min(EACH, queryCount)];
  const pairs = (line: (i: number, j: number) => string) => each(EACH, (i) => each(width, (j) => line(i, j)));
  return {
    threads: rowTiles * (queryCount / width),
    body: `
      let row = t % ${rowTiles} * ${EACH};
      let query = t / ${rowTiles} * ${width};
      ${each(EACH, (i) => `let from${i} = min(row + ${i}, ${rows - 1}) * ${depth};`)}
      ${pairs((i, j) => `var sum${i}_${j} = 0.0;`)}
      for (var k = 0; k < ${depth}; k++) {
        ${each(EACH, (i) => `let a${i} = bank[from${i} + k];`)}
        ${each(width, (j) => `let b${j} = queries[(query + ${j}) * ${depth} + k];`)}
        ${pairs((i, j) => `sum${i}_${j} += dot(a${i}, b${j});`)}
      }
      ${pairs((i, j) => `if (row + ${i} < ${rows}) { scores[(query + ${j}) * ${rows} + row + ${i}] = sum${i}_${j}; }`)}`,
  };
}

/**
 * A workgroup for each 64 rows and up to 64 queries. In shared memory a tile lies with its rows side by side, and a
 * thread's four rows are 16 apart: neighbours then read neighbouring banks.
 */
function tiles({ rows, queryCount, depth }: Similarities): Pick<Dispatch, 'workgroups' | 'body'> {
  const [width, rowTiles] = [Math.min(TILE, queryCount), Math.ceil(rows / TILE)];
  const [across, down] = [TILE / EACH, width / EACH];
  const size = across * down;
  const pairs = (line: (i: number, j: number) => string) => each(EACH, (i) => each(EACH, (j) => line(i, j)));
  const fill = (tile: string, count: number, value: string) => `
    for (var i = local; i < ${count * STEP}; i += ${size}) {
      let r = i / ${STEP};
      let k = i % ${STEP};
      var value = vec4f(0.0);
      if (start + k < ${depth}) { value = ${value}; }
      ${tile}[k * ${count} + r] = value;
    }`;
  return {
    workgroups: {
      count: rowTiles * Math.ceil(queryCount / width),
      size,
      shared: `var<workgroup> bank_tile: array<vec4f, ${TILE * STEP}>;
        var<workgroup> query_tile: array<vec4f, ${width * STEP}>;`,
    },
    body: `
      let row = group % ${rowTiles} * ${TILE};
      let query = group / ${rowTiles} * ${width};
      let x = local % ${across};
      let y = local / ${across};
      ${pairs((i, j) => `var sum${i}_${j} = 0.0;`)}
      for (var start = 0; start < ${depth}; start += ${STEP}) {
        ${fill('bank_tile', TILE, `bank[min(row + r, ${rows - 1}) * ${depth} + start + k]`)}
        ${fill('query_tile', width, `queries[(query + r) * ${depth} + start + k]`)}
        workgroupBarrier();
        for (var k = 0; k < ${STEP}; k++) {
          ${each(EACH, (i) => `let a${i} = bank_tile[k * ${TILE} + x + ${i * across}];`)}
          ${each(EACH, (j) => `let b${j} = query_tile[k * ${width} + y + ${j * down}];`)}
          ${pairs((i, j) => `sum${i}_${j} += dot(a${i}, b${j});`)}
        }
        workgroupBarrier();
      }
      ${pairs(
        (i, j) => `if (row + x + ${i * across} < ${rows}) {
        scores[(query + y + ${j * down}) * ${rows} + row + x + ${i * across}] = sum${i}_${j};
      }`,
      )}`,
  };
}
