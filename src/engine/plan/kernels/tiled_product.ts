import type { Dispatch } from '../command';
import { each } from '../each';
import { components, divisor } from './geometry';

/** Rows of a thread, each with one vec4 of columns: with their partial sums 8 vec4 in registers. */
const EACH = 4;
/** Threads of a workgroup at most, and rows of its tile. */
const [MOST_THREADS, MOST_ROWS] = [256, 128];
/** vec4 of the inner dimension that a workgroup loads at a time: with 128 rows 8 KB. */
const STEP = 4;

/** A sum of products of matrices y [rows, 4 vectors] += a [rows, 4 depth] . b [4 depth, 4 vectors], one for each tap of a window. */
export interface TiledProduct {
  /** Products beside each other, each with rows of its own; `layer` is its index. */
  layers: number;
  rows: number;
  vectors: number;
  depth: number;
  /** Statements at the beginning of all. */
  begin: string;
  /** How many taps, and statements that say which one number `tap` is. */
  taps: string | number;
  place: string;
  /** Statements that give `value`, the vec4 of a at (row, k), another value than zero. */
  a: string;
  /** The vec4 of b at row 4 k + j and vector `column + at`, behind statements for all four. */
  b: { begin: string; row(j: number): string };
  /** Statements before the sums are stored, and the one that stores `sum` at (row, column + v). */
  end: string;
  store(sum: string): string;
  /** Whether mean and squared deviation of each tile's rows go into parts [tiles, 2, columns]; all tiles are whole then. */
  moments?: boolean;
}

/** A workgroup's tile of vec4 of columns and of rows, and its threads. */
export function tileOf(vectors: number) {
  const across = divisor(vectors, 16, 8, 4, 2);
  const height = Math.min(MOST_ROWS, (MOST_THREADS / across) * EACH);
  return { across, height, down: height / EACH, size: (height / EACH) * across };
}

/**
 * A workgroup makes a tile of 64 rows x 64 columns, or of 128 x 32, and loads a and b for 16 of the inner dimension at a
 * time, once for all its threads. What is loaded together is summed apart: fewer roundings at full size. One loop with its barriers,
 * where three nested ones take compilers seconds.
 */
export function tiledProduct(what: TiledProduct): Pick<Dispatch, 'workgroups' | 'body'> {
  const { layers, rows, vectors, depth, begin, taps, place, a, b, end, store, moments = false } = what;
  const { across, height, down, size } = tileOf(vectors);
  const step = Math.min(STEP, depth);
  const steps = Math.ceil(depth / step);
  const [tiles, columns] = [Math.ceil(rows / height), vectors / across];
  return {
    workgroups: {
      count: layers * tiles * columns,
      size,
      shared: `var<workgroup> a_tile: array<vec4f, ${height * step}>;
        var<workgroup> b_tile: array<vec4f, ${4 * step * across}>;
        ${moments ? `var<workgroup> own_values: array<vec4f, ${size}>;` : ''}`,
    },
    body: `
      let first = group % ${tiles} * ${height};
      let column = group / ${tiles} % ${columns} * ${across};
      let layer = group / ${tiles * columns};
      let v = local % ${across};
      let p = local / ${across};
      ${begin}
      ${each(EACH, (i) => `var sum${i} = vec4f(0.0);`)}
      for (var stage = 0; stage < ${taps} * ${steps}; stage++) {
        let tap = stage / ${steps};
        let start = stage % ${steps} * ${step};
        ${place}
        for (var i = local; i < ${height * step}; i += ${size}) {
          let row = first + i / ${step};
          let k = start + i % ${step};
          var value = vec4f(0.0);
          if (row < ${rows} && k < ${depth}) { ${a} }
          a_tile[i % ${step} * ${height} + i / ${step}] = value;
        }
        for (var i = local; i < ${step * across}; i += ${size}) {
          let k = start + i / ${across};
          let at = i % ${across};
          if (k < ${depth}) {
            ${b.begin}
            ${each(4, (j) => `b_tile[i / ${across} * ${4 * across} + at + ${j * across}] = ${b.row(j)};`)}
          }
        }
        workgroupBarrier();
        ${each(EACH, (i) => `var near${i} = vec4f(0.0);`)}
        for (var k = 0; k < min(${step}, ${depth} - start); k++) {
          ${each(4, (j) => `let b${j} = b_tile[(4 * k + ${j}) * ${across} + v];`)}
          ${each(EACH, (i) => {
            const terms = components(`a${i}`, 'vec4f').map((value, j) => `${value} * b${j}`);
            return `let a${i} = a_tile[k * ${height} + p + ${i * down}];
          near${i} += (${terms[0]} + ${terms[1]}) + (${terms[2]} + ${terms[3]});`;
          })}
        }
        ${each(EACH, (i) => `sum${i} += near${i};`)}
        workgroupBarrier();
      }
      ${end}
      ${each(
        EACH,
        (i) => `if (first + p + ${i * down} < ${rows}) {
        let row = first + p + ${i * down};
        ${store(`sum${i}`)}
      }`,
      )}
      ${moments ? momentsOfTile(vectors) : ''}`,
  };
}

/** Statements that store the tile's part of a norm's moments, by its first row. */
function momentsOfTile(vectors: number): string {
  const { across, down, height } = tileOf(vectors);
  const total = (own: string, name: string) => `
    own_values[local] = ${own};
    workgroupBarrier();
    var ${name} = vec4f(0.0);
    for (var i = 0; i < ${down}; i++) { ${name} += own_values[i * ${across} + v]; }`;
  const sums = Array.from({ length: EACH }, (_, i) => `sum${i}`);
  return `
    ${total(sums.join(' + '), 'mean')}
    mean /= ${height}.0;
    workgroupBarrier();
    ${total(sums.map((sum) => `(${sum} - mean) * (${sum} - mean)`).join(' + '), 'deviation')}
    if (p == 0) {
      let part = first / ${height} * ${2 * vectors} + column + v;
      store_parts(part, mean);
      store_parts(part + ${vectors}, deviation);
    }`;
}

/** The vec4 of elements 4 * vector, ... of a row of `length` elements; what is beyond its end is zero. */
export function fourOf(name: string, type: 'vec4f' | 'f32', row: string, vector: string, length: number): string {
  if (type === 'vec4f') return `load_${name}((${row}) * ${length / 4} + ${vector})`;
  const one = (j: number) => {
    const at = `4 * (${vector}) + ${j}`;
    return `select(0.0, load_${name}((${row}) * ${length} + min(${at}, ${length - 1})), ${at} < ${length})`;
  };
  return `vec4f(${[0, 1, 2, 3].map(one).join(', ')})`;
}
