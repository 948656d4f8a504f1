import type { Dispatch } from '../command';
import { each } from '../rule';
import type { Finish } from './finish';
import { components, divisor, type Geometry } from './geometry';

/** Output pixels of a thread, each with one vec4 of channels. */
const EACH = 4;
/** vec4 of input channels that a workgroup loads at a time. */
const STEP = 4;
/** Threads of a workgroup at most, and pixels of its tile: 8 KB of x. */
const [MOST_THREADS, MOST_PIXELS] = [256, 128];

/** Whole vec4 of channels on both sides: what the shared tiles are made of. */
export const isTileable = ({ inType, outType }: Geometry): boolean => inType === 'vec4f' && outType === 'vec4f';

/**
 * The convolution as a matrix product over shared memory: a workgroup makes a tile of 64 pixels x 64 channels, or of
 * 128 x 32, and loads x and w for one tap and 16 input channels at a time, once for all its threads. For devices that share
 * memory in hardware; on a processor that plays a GPU barriers cost more than they save. Each row of the window is summed
 * apart, as in the direct kernel.
 */
export function tiledConvolution(g: Geometry, finish: Finish): Pick<Dispatch, 'workgroups' | 'body'> {
  const vectors = divisor(g.outVectors, 16, 8, 4, 2);
  const pixels = Math.min(MOST_PIXELS, (MOST_THREADS / vectors) * EACH);
  const [down, columns] = [pixels / EACH, g.outVectors / vectors];
  const size = down * vectors;
  const total = g.batch * g.outHeight * g.outWidth;
  const tiles = Math.ceil(total / pixels);
  const [above, , before] = g.padding;
  const perPicture = g.outHeight * g.outWidth;
  return {
    workgroups: {
      count: tiles * columns,
      size,
      shared: `var<workgroup> x_tile: array<vec4f, ${pixels * STEP}>;
        var<workgroup> w_tile: array<vec4f, ${4 * STEP * vectors}>;`,
    },
    body: `
      let first = group % ${tiles} * ${pixels};
      let column = group / ${tiles} * ${vectors};
      let v = local % ${vectors};
      let p = local / ${vectors};
      ${each(EACH, (i) => `var sum${i} = vec4f(0.0);`)}
      for (var ky = 0; ky < ${g.windowHeight}; ky++) {
        ${each(EACH, (i) => `var line${i} = vec4f(0.0);`)}
        for (var kx = 0; kx < ${g.windowWidth}; kx++) {
          for (var start = 0; start < ${g.inVectors}; start += ${STEP}) {
            for (var i = local; i < ${pixels * STEP}; i += ${size}) {
              let pixel = first + i / ${STEP};
              let ci = start + i % ${STEP};
              let place = pixel % ${perPicture};
              let row = place / ${g.outWidth} * ${g.stride} + ky - ${above};
              let across = place % ${g.outWidth} * ${g.stride} + kx - ${before};
              var value = vec4f(0.0);
              if (pixel < ${total} && ci < ${g.inVectors} && row >= 0 && row < ${g.height} && across >= 0 && across < ${g.width}) {
                value = x[((pixel / ${perPicture} * ${g.height} + row) * ${g.width} + across) * ${g.inVectors} + ci];
              }
              x_tile[i % ${STEP} * ${pixels} + i / ${STEP}] = value;
            }
            for (var i = local; i < ${4 * STEP * vectors}; i += ${size}) {
              let ci = 4 * start + i / ${vectors};
              var value = vec4f(0.0);
              if (ci < ${g.inputs}) {
                value = w[((ky * ${g.windowWidth} + kx) * ${g.inputs} + ci) * ${g.outVectors} + column + i % ${vectors}];
              }
              w_tile[i] = value;
            }
            workgroupBarrier();
            for (var k = 0; k < ${STEP}; k++) {
              ${each(4, (j) => `let w${j} = w_tile[(4 * k + ${j}) * ${vectors} + v];`)}
              ${each(EACH, (i) => {
                const terms = components(`x${i}`, 'vec4f').map((value, j) => `${value} * w${j}`);
                return `let x${i} = x_tile[k * ${pixels} + p + ${i * down}];
              line${i} += (${terms[0]} + ${terms[1]}) + (${terms[2]} + ${terms[3]});`;
              })}
            }
            workgroupBarrier();
          }
        }
        ${each(EACH, (i) => `sum${i} += line${i};`)}
      }
      ${finish.once('column + v', 0)}
      ${each(
        EACH,
        (i) => `if (first + p + ${i * down} < ${total}) {
        let at = (first + p + ${i * down}) * ${g.outVectors} + column + v;
        y[at] = ${finish.value(`sum${i}`, 'at', 0)};
      }`,
      )}`,
  };
}
