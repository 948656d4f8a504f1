import type { Dispatch } from '../command';
import { each } from '../each';
import { divisor, type Geometry } from './geometry';
import { fourOf } from './tiled_product';

/** vec4 of rows of a thread, each four rows by one vec4 of columns: with their partial sums 16 vec4 in registers. */
const EACH = 2;
const MOST_THREADS = 128;
/** vec4 that a workgroup loads at a time: 9 KB. */
const MOST_LOADED = 576;

/** How dw [taps x inputs, outputs] = x' dy is divided among workgroups: a tile of vec4 of rows by vec4 of columns each. */
export function filterTiles({ windowHeight, windowWidth, inputs, outputs }: Geometry) {
  const rows = windowHeight * windowWidth * inputs;
  const [four, vectors] = [Math.ceil(rows / 4), Math.ceil(outputs / 4)];
  const across = divisor(vectors, 16, 8, 4, 2);
  const down = Math.min(MOST_THREADS / across, Math.ceil(four / EACH));
  const [high, columns] = [Math.ceil(four / (down * EACH)), vectors / across];
  return { rows, across, down, high, columns, tiles: high * columns, threads: high * columns * across * down };
}

/**
 * dw[ky, kx, i, o] = sum over pixels of x[i] dy[o] as a product over memory that a workgroup shares: it loads so many pixels of its
 * taps and channels at a time, each value once for all its threads. `splits` runs of pixels are summed apart.
 */
export function tiledFilterGradient(g: Geometry, splits: number): Pick<Dispatch, 'workgroups' | 'body'> {
  const { rows, across, down, high, columns, tiles } = filterTiles(g);
  const size = down * across;
  const height = down * EACH;
  const step = [16, 8, 4, 2].find((pixels) => pixels * (height + across) <= MOST_LOADED) ?? 1;
  const perPicture = g.outHeight * g.outWidth;
  const pixels = g.batch * perPicture;
  const perSplit = Math.ceil(pixels / splits / step) * step;
  const [above, , before] = g.padding;
  /** Statements that give `value`, or a component of it, from x at row `m` of dw. */
  const gathered = (m: string, target: string, load: (at: string, channel: string) => string): string => `
    let tap = ${m} / ${g.inputs};
    let y_in = place / ${g.outWidth} * ${g.stride} + tap / ${g.windowWidth} - ${above};
    let x_in = place % ${g.outWidth} * ${g.stride} + tap % ${g.windowWidth} - ${before};
    if (y_in >= 0 && y_in < ${g.height} && x_in >= 0 && x_in < ${g.width}) {
      let at = (pixel / ${perPicture} * ${g.height} + y_in) * ${g.width} + x_in;
      ${target} = ${load('at', `(${m} % ${g.inputs})`)};
    }`;
  const load =
    g.inType === 'vec4f'
      ? gathered('(4 * r)', 'value', (at, channel) => `load_x(${at} * ${g.inVectors} + ${channel} / 4)`)
      : each(
          4,
          (j) => `if (4 * r + ${j} < ${rows}) {
            ${gathered(`(4 * r + ${j})`, `value[${j}]`, (at, channel) => `load_x(${at} * ${g.inputs} + ${channel})`)}
          }`,
        );
  const stored = (sum: string, m: string): string =>
    g.outType === 'vec4f'
      ? `store_dw(to + ${m} * ${g.outVectors} + column + v, ${sum});`
      : each(4, (c) => {
          const channel = `4 * (column + v) + ${c}`;
          return `if (${channel} < ${g.outputs}) { store_dw(to + ${m} * ${g.outputs} + ${channel}, ${sum}[${c}]); }`;
        });
  return {
    workgroups: {
      count: tiles * splits,
      size,
      shared: `var<workgroup> x_tile: array<vec4f, ${step * height}>;
        var<workgroup> dy_tile: array<vec4f, ${step * across}>;`,
    },
    body: `
      let first = group % ${high} * ${height};
      let column = group / ${high} % ${columns} * ${across};
      let split = group / ${tiles};
      let v = local % ${across};
      let p = local / ${across};
      ${each(4 * EACH, (i) => `var sum${i} = vec4f(0.0);`)}
      for (var start = 0; start < ${perSplit}; start += ${step}) {
        for (var i = local; i < ${step * height}; i += ${size}) {
          let pixel = split * ${perSplit} + start + i / ${height};
          let r = first + i % ${height};
          let place = pixel % ${perPicture};
          var value = vec4f(0.0);
          if (pixel < ${pixels} && r < ${Math.ceil(rows / 4)}) { ${load} }
          x_tile[i] = value;
        }
        for (var i = local; i < ${step * across}; i += ${size}) {
          let pixel = split * ${perSplit} + start + i / ${across};
          var value = vec4f(0.0);
          if (pixel < ${pixels}) { value = ${fourOf('dy', g.outType, 'pixel', `(column + i % ${across})`, g.outputs)}; }
          dy_tile[i] = value;
        }
        workgroupBarrier();
        // What is loaded together is summed apart: fewer roundings at full size.
        ${each(4 * EACH, (i) => `var near${i} = vec4f(0.0);`)}
        for (var k = 0; k < ${step}; k++) {
          let d = dy_tile[k * ${across} + v];
          ${each(
            EACH,
            (i) => `let x${i} = x_tile[k * ${height} + p + ${i * down}];
          ${each(4, (j) => `near${4 * i + j} += x${i}[${j}] * d;`)}`,
          )}
        }
        ${each(4 * EACH, (i) => `sum${i} += near${i};`)}
        workgroupBarrier();
      }
      let to = split * ${rows * (g.outType === 'vec4f' ? g.outVectors : g.outputs)};
      ${each(EACH, (i) =>
        each(
          4,
          (j) => `{
        let m = 4 * (first + p + ${i * down}) + ${j};
        if (m < ${rows}) { ${stored(`sum${4 * i + j}`, 'm')} }
      }`,
        ),
      )}`,
  };
}
