import type { Tensor } from '../../../graph/tensor';
import { type Lowering, type Rule, whole } from '../lower/lowering';
import type { ForwardOperands } from './convolution';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise_gradients';
import { each } from './each';
import { asItIs } from './finish';
import { divisor, type Geometry, geometryOf } from './geometry';

/**
 * A thread makes a tile of pixels of one vector of channels: each weight that it loads serves all of them, each value of x
 * all the windows over it.
 */
export function depthwise(to: Lowering, g: Geometry, { x, w, into, finish }: ForwardOperands): void {
  const [above, , before] = g.padding;
  const pixels = divisor(g.outWidth, 4, 2, 3);
  const across = g.outWidth / pixels;
  const type = g.outType;
  to.dispatch({
    label: finish.label,
    reads: { x: [x, type], w: [w, type], ...finish.reads, ...into.reads },
    writes: into.writes,
    threads: g.batch * g.outHeight * across * g.outVectors,
    flops: to.flops,
    body: `
      let c = t % ${g.outVectors};
      let left = t / ${g.outVectors} % ${across} * ${pixels};
      let line = t / ${g.outVectors * across};
      let top = line % ${g.outHeight} * ${g.stride} - ${above};
      let start = left * ${g.stride} - ${before};
      ${each(pixels, (p) => `var sum${p} = ${type}(0.0);`)}
      for (var ky = max(0, -top); ky < min(${g.windowHeight}, ${g.height} - top); ky++) {
        let begin = (line / ${g.outHeight} * ${g.height} + top + ky) * ${g.width};
        ${each(
          (pixels - 1) * g.stride + g.windowWidth,
          (
            i,
          ) => `let x${i} = select(${type}(0.0), load_x((begin + clamp(start + ${i}, 0, ${g.width - 1})) * ${g.outVectors} + c),
          start + ${i} >= 0 && start + ${i} < ${g.width});`,
        )}
        ${each(
          g.windowWidth,
          (kx) => `let w${kx} = load_w((ky * ${g.windowWidth} + ${kx}) * ${g.outVectors} + c);
        ${each(pixels, (p) => `sum${p} += x${p * g.stride + kx} * w${kx};`)}`,
        )}
      }
      ${finish.once('c')}
      let to = (line * ${g.outWidth} + left) * ${g.outVectors} + c;
      ${each(pixels, (p) => {
        const at = `to + ${p * g.outVectors}`;
        return into.store(at, finish.value(`sum${p}`, at));
      })}`,
  });
}

export const depthwiseConv2d: Rule<'depthwiseConv2d'> = {
  value: (node, to) => {
    const [x, w] = [to.of(node.inputs[0]), to.filter(node.inputs[1])];
    const g = geometryOf(node);
    const into = whole(to.make(node as Tensor), g.outType);
    depthwise(to, g, { x, w, into, finish: asItIs('depthwiseConv2d') });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const g = geometryOf(node);
    if (needs[1]) depthwiseFilterGradient(to, g, { x: to.of(x), dy, w, pass });
    if (needs[0]) depthwiseInputGradient(to, g, { dy, w: to.filter(w), into: to.into(x, pass, 'dx', g.inType) });
  },
};
