import type { Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import { each } from '../each';
import type { Lowering, Rule } from '../lowering';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise_gradients';
import { AS_IT_IS, type Finish } from './finish';
import { divisor, type Geometry, geometryOf } from './geometry';

interface Operands {
  x: Slot;
  w: Slot;
  y: Slot;
  finish?: Finish;
}

/**
 * A thread makes a tile of pixels of one vector of channels: each weight that it loads serves all of them, each value of x
 * all the windows over it.
 */
export function depthwise(to: Lowering, g: Geometry, { x, w, y, finish = AS_IT_IS }: Operands): void {
  const [above, , before] = g.padding;
  const pixels = divisor(g.outWidth, to.tuning.tile, 4, 2, 3);
  const across = g.outWidth / pixels;
  const type = g.outType;
  to.dispatch({
    label: finish === AS_IT_IS ? 'depthwiseConv2d' : finish.label,
    reads: { x: [x, type], w: [w, type], ...finish.reads },
    writes: { y: [y, type] },
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
      ${finish.once('c', 0)}
      let to = (line * ${g.outWidth} + left) * ${g.outVectors} + c;
      ${each(pixels, (p) => {
        const at = `to + ${p * g.outVectors}`;
        return `store_y(${at}, ${finish.value(`sum${p}`, at, 0)});`;
      })}`,
  });
}

export const depthwiseConv2d: Rule<'depthwiseConv2d'> = {
  value: (node, to) => {
    const [x, w] = [to.of(node.inputs[0]), to.filter(node.inputs[1])];
    depthwise(to, geometryOf(node), { x, w, y: to.make(node as Tensor) });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const g = geometryOf(node);
    if (needs[1]) depthwiseFilterGradient(to, g, { x: to.of(x), dy, w, pass });
    if (needs[0]) depthwiseInputGradient(to, g, { dy, w: to.filter(w), ...to.into(x, pass, 'dx', g.inType) });
  },
};
