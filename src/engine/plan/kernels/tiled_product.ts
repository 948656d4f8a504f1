import type { Dispatch } from '../lower/command';
import { each } from './each';
import { components, divisor } from './geometry';

/** Rows of a thread, each with one vec4 of columns: with their partial sums 8 vec4 in registers. */
const EACH = 4;
/** Rows of a workgroup's tile at most. */
const MOST_ROWS = 128;
/** vec4 of the inner dimension that a workgroup loads at a time: with 128 rows 8 KB. */
const STEP = 4;

/** A product of matrices y [rows, 4 vectors] = a [rows, 4 depth] . b [4 depth, 4 vectors]. */
export interface TiledProduct {
  /** Products beside each other, each with rows of its own; `layer` is its index. */
  layers?: number;
  /** Parts of the inner dimension that are summed apart; `part` is the index. */
  parts?: number;
  rows: number;
  vectors: number;
  depth: number | string;
  /** Statements at the beginning of all. */
  begin?: string;
  /** Statements that give `value`, the vec4 of a at (row, k), another value than zero. */
  a: string;
  /** The vec4 of b at row 4 k + j and vector `column + at`, behind statements for all four. */
  b: { begin?: string; row(j: number): string };
  /** Statements before the sums are stored, and the one that stores `sum` at (row, column + v). */
  end?: string;
  store(sum: string): string;
}

/**
 * A workgroup of 256 threads makes a tile of 64 rows x 64 columns, or of 128 x 32, and loads a and b for 16 of the inner dimension at a
 * time, once for all its threads. What is loaded together is summed apart: fewer roundings at full size. One loop with its barriers,
 * where three nested ones take compilers seconds.
 */
export function tiledProduct(what: TiledProduct, workgroup: number): ReturnType<typeof sharing> {
  const { layers = 1, parts = 1, rows, vectors, depth, begin = '', a, b, end = '', store } = what;
  const across = divisor(vectors, ...[16, 8, 4, 2].filter((length) => length <= workgroup));
  const down = Math.min(MOST_ROWS / EACH, workgroup / across, Math.ceil(rows / EACH));
  const height = down * EACH;
  const size = down * across;
  const [tiles, columns] = [Math.ceil(rows / height), vectors / across];
  return sharing(
    parts * layers * tiles * columns,
    size,
    { a_tile: height * STEP, b_tile: 4 * STEP * across },
    `
      let first = group % ${tiles} * ${height};
      let column = group / ${tiles} % ${columns} * ${across};
      let layer = group / ${tiles * columns} % ${layers};
      let part = group / ${tiles * columns * layers};
      let v = local % ${across};
      let p = local / ${across};
      ${begin}
      let depth = ${depth};
      let per_part = (depth + ${parts * STEP - 1}) / ${parts * STEP} * ${STEP};
      let last = min(depth, (part + 1) * per_part);
      ${each(EACH, (i) => `var sum${i} = vec4f(0.0);`)}
      for (var start = part * per_part; start < last; start += ${STEP}) {
        for (var i = local; i < ${height * STEP}; i += ${size}) {
          let row = first + i / ${STEP};
          let k = start + i % ${STEP};
          var value = vec4f(0.0);
          if (row < ${rows} && k < last) { ${a} }
          a_tile[i % ${STEP} * ${height} + i / ${STEP}] = value;
        }
        for (var i = local; i < ${STEP * across}; i += ${size}) {
          let k = start + i / ${across};
          let at = i % ${across};
          if (k < last) {
            ${b.begin ?? ''}
            ${each(4, (j) => `b_tile[i / ${across} * ${4 * across} + at + ${j * across}] = ${b.row(j)};`)}
          }
        }
        workgroupBarrier();
        ${each(EACH, (i) => `var near${i} = vec4f(0.0);`)}
        ${each(
          STEP,
          (k) => `{
          ${each(4, (j) => `let b${j} = b_tile[${4 * k + j} * ${across} + v];`)}
          ${each(EACH, (i) => {
            const terms = components(`a${i}`, 'vec4f').map((value, j) => `${value} * b${j}`);
            return `let a${i} = a_tile[${k * height + i * down} + p];
          near${i} += (${terms[0]} + ${terms[1]}) + (${terms[2]} + ${terms[3]});`;
          })}
        }`,
        )}
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
      )}`,
  );
}

/** Workgroups that share arrays of vec4 by these names; where each is one thread, arrays of its own, without barriers. */
export function sharing(
  count: number,
  size: number,
  arrays: Readonly<Record<string, number>>,
  body: string,
): Pick<Dispatch, 'threads' | 'workgroups' | 'body'> {
  const declared = (space: string) =>
    Object.entries(arrays)
      .map(([name, length]) => `var${space} ${name}: array<vec4f, ${length}>;`)
      .join('\n');
  if (size > 1) return { workgroups: { count, size, shared: declared('<workgroup>') }, body };
  const alone = body.replaceAll('workgroupBarrier();', '');
  return { threads: count, body: `let group = t;\nlet local = 0;\n${declared('')}\n${alone}` };
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

/** Statements that store the vec4 `sum` as these elements; `store` is told the index, the value and the column, of vec4 or of numbers. */
export function storeFour(
  type: 'vec4f' | 'f32',
  row: string,
  vector: string,
  length: number,
  sum: string,
  store: (index: string, value: string, column: string) => string,
): string {
  if (type === 'vec4f') return store(`(${row}) * ${length / 4} + ${vector}`, sum, vector);
  return each(4, (j) => {
    const at = `4 * (${vector}) + ${j}`;
    return `if (${at} < ${length}) { ${store(`(${row}) * ${length} + ${at}`, `${sum}[${j}]`, at)} }`;
  });
}
