import { elements, type Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Rule } from '../lowering';
import { vectorOf, widthOf } from '../lowering';

function sizesOf(node: NodeOf<'averagePool'>) {
  const [, height, width, channels] = node.inputs[0].shape;
  const [, outHeight, outWidth] = node.shape;
  const type = vectorOf(channels);
  return { height, width, outHeight, outWidth, type, vectors: channels / widthOf(type), ...node.attributes };
}

/** Padded places are not counted: a window at the border is the mean of fewer values. */
export const averagePool: Rule<'averagePool'> = {
  value: (node, to) => {
    const { height, width, outHeight, outWidth, type, vectors, size, stride, padding } = sizesOf(node);
    to.dispatch({
      label: 'averagePool',
      reads: { x: [to.of(node.inputs[0]), type] },
      writes: { y: [to.make(node as Tensor), type] },
      threads: elements(node.shape) / widthOf(type),
      body: `
        let c = t % ${vectors};
        let left = t / ${vectors} % ${outWidth} * ${stride} - ${padding};
        let top = t / ${vectors * outWidth} % ${outHeight} * ${stride} - ${padding};
        let picture = t / ${vectors * outWidth * outHeight};
        let rows = vec2i(max(top, 0), min(top + ${size}, ${height}));
        let columns = vec2i(max(left, 0), min(left + ${size}, ${width}));
        var total = ${type}(0.0);
        for (var i = rows.x; i < rows.y; i++) {
          for (var j = columns.x; j < columns.y; j++) {
            total += x[((picture * ${height} + i) * ${width} + j) * ${vectors} + c];
          }
        }
        y[t] = total / f32((rows.y - rows.x) * (columns.y - columns.x));`,
    });
  },
  /** A thread a place of x: from each window over it a share of the gradient. */
  gradients: ({ node, pass, dy }, to) => {
    const { height, width, outHeight, outWidth, type, vectors, size, stride, padding } = sizesOf(node);
    const { reads, writes, store } = to.into(node.inputs[0], pass, 'dx', type);
    const first = (place: string) => `max((${place} + ${padding - size + stride}) / ${stride}, 0)`;
    const last = (place: string, length: number) => `min((${place} + ${padding}) / ${stride}, ${length - 1})`;
    const covered = (window: string, length: number) =>
      `(min(${window} * ${stride} + ${size - padding}, ${length}) - max(${window} * ${stride} - ${padding}, 0))`;
    to.dispatch({
      label: 'averagePool gradient',
      reads: { dy: [dy, type], ...reads },
      writes,
      threads: elements(node.inputs[0].shape) / widthOf(type),
      body: `
        let c = t % ${vectors};
        let column = t / ${vectors} % ${width};
        let row = t / ${vectors * width} % ${height};
        let picture = t / ${vectors * width * height};
        var total = ${type}(0.0);
        for (var i = ${first('row')}; i <= ${last('row', outHeight)}; i++) {
          for (var j = ${first('column')}; j <= ${last('column', outWidth)}; j++) {
            let count = f32(${covered('i', height)} * ${covered('j', width)});
            total += dy[((picture * ${outHeight} + i) * ${outWidth} + j) * ${vectors} + c] / count;
          }
        }
        ${store('t', 'total')}`,
    });
  },
};
