import { elements, type Tensor } from '../../../graph/tensor';
import type { Backward, NodeOf } from '../../compiled/rule';
import { type Lowering, type Rule, vectorOf, widthOf } from '../lower/lowering';

type Pool = NodeOf<'maxPool'> | NodeOf<'averagePool'> | NodeOf<'meanPool'>;
type PoolBackward = Backward<Pool>;

/** A mean over all places is one window over them. */
function sizesOf(node: Pool) {
  const [, height, width, channels] = node.inputs[0].shape;
  if (node.kind === 'meanPool') {
    const size = Math.max(height, width);
    return { height, width, channels, outHeight: 1, outWidth: 1, size, stride: size, padding: 0 };
  }
  const [, outHeight, outWidth] = node.shape;
  return { height, width, channels, outHeight, outWidth, ...node.attributes };
}

/** Each window's result, of what `take` makes of its values one after the other; padded places are not among them. */
const pooled = (start: string, take: (value: string) => string, result: string) => (node: Pool, to: Lowering) => {
  const { height, width, channels, outHeight, outWidth, size, stride, padding } = sizesOf(node);
  const type = vectorOf(channels);
  const vectors = channels / widthOf(type);
  to.dispatch({
    label: node.kind,
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
      var total = ${type}(${start});
      for (var i = rows.x; i < rows.y; i++) {
        for (var j = columns.x; j < columns.y; j++) {
          total = ${take(`load_x(((picture * ${height} + i) * ${width} + j) * ${vectors} + c)`)};
        }
      }
      store_y(t, ${result});`,
  });
};

/** For each place of x the sum of what the windows over it give it: statements that add it to `total`, dy's index being `at`. */
function scatter(
  { node, pass, dy }: PoolBackward,
  to: Lowering,
  type: 'vec4f' | 'f32',
  give: string,
  read: readonly ('x' | 'y')[] = [],
): void {
  const { height, width, channels, outHeight, outWidth, size, stride, padding } = sizesOf(node);
  const [x] = node.inputs;
  const vectors = channels / widthOf(type);
  const { reads, writes, store } = to.into(x, pass, 'dx', type);
  const also = { x: [to.of(x), type], y: [to.of(node as Tensor), type] } as const;
  const windows = (place: string, length: number) =>
    `var NAME = max((${place} + ${padding - size + stride}) / ${stride}, 0); NAME <= min((${place} + ${padding}) / ${stride}, ${length - 1}); NAME++`;
  to.dispatch({
    label: `${node.kind} gradient`,
    reads: { dy: [dy, type], ...Object.fromEntries(read.map((name) => [name, also[name]])), ...reads },
    writes,
    threads: elements(x.shape) / widthOf(type),
    body: `
      let c = t % ${vectors};
      let column = t / ${vectors} % ${width};
      let row = t / ${vectors * width} % ${height};
      let picture = t / ${vectors * width * height};
      var total = ${type}(0.0);
      for (${windows('row', outHeight).replaceAll('NAME', 'i')}) {
        for (${windows('column', outWidth).replaceAll('NAME', 'j')}) {
          let at = ((picture * ${outHeight} + i) * ${outWidth} + j) * ${vectors} + c;
          ${give}
        }
      }
      ${store('t', 'total')}`,
  });
}

export const maxPool: Rule<'maxPool'> = {
  value: pooled('-3.4e38', (value) => `max(total, ${value})`, 'total'),
  /** To the first of the largest values. */
  gradients: (backward, to) => {
    const { height, width, channels, size, stride, padding } = sizesOf(backward.node);
    const first = `
      if (load_y(at) != load_x(t)) { continue; }
      var first = true;
      for (var k = max(i * ${stride} - ${padding}, 0); k <= row; k++) {
        for (var l = max(j * ${stride} - ${padding}, 0); l < min(j * ${stride} - ${padding} + ${size}, ${width}); l++) {
          if ((k < row || l < column) && load_x(((picture * ${height} + k) * ${width} + l) * ${channels} + c) == load_x(t)) { first = false; }
        }
      }`;
    scatter(backward, to, 'f32', `${first}\nif (first) { total += load_dy(at); }`, ['x', 'y']);
  },
};

/** Padded places are not counted: a window at the border is the mean of fewer values, and gives each a larger share. */
const means = {
  value: pooled('0.0', (value) => `total + ${value}`, 'total / f32((rows.y - rows.x) * (columns.y - columns.x))'),
  gradients: (backward: PoolBackward, to: Lowering): void => {
    const { height, width, channels, size, stride, padding } = sizesOf(backward.node);
    const covered = (window: string, length: number) =>
      `(min(${window} * ${stride} + ${size - padding}, ${length}) - max(${window} * ${stride} - ${padding}, 0))`;
    const count = `f32(${covered('i', height)} * ${covered('j', width)})`;
    scatter(backward, to, vectorOf(channels), `total += load_dy(at) / ${count};`);
  },
};

export const averagePool: Rule<'averagePool'> = means;
export const meanPool: Rule<'meanPool'> = means;

/** Every pixel becomes a square of four; its gradient is the sum of theirs. */
export const upsample2: Rule<'upsample2'> = {
  value: (node, to) => {
    const [, height, width, channels] = node.shape;
    const type = vectorOf(channels);
    const vectors = channels / widthOf(type);
    to.dispatch({
      label: 'upsample2',
      reads: { x: [to.of(node.inputs[0]), type] },
      writes: { y: [to.make(node as Tensor), type] },
      threads: elements(node.shape) / widthOf(type),
      body: `
        let column = t / ${vectors} % ${width} / 2;
        let line = t / ${vectors * width};
        let row = line / ${height} * ${height / 2} + line % ${height} / 2;
        store_y(t, load_x((row * ${width / 2} + column) * ${vectors} + t % ${vectors}));`,
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const [, , width, channels] = x.shape;
    const type = vectorOf(channels);
    const vectors = channels / widthOf(type);
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'upsample2 gradient',
      reads: { dy: [dy, type], ...reads },
      writes,
      threads: elements(x.shape) / widthOf(type),
      body: `
        let column = t / ${vectors} % ${width};
        let at = (t / ${vectors * width} * ${4 * width} + 2 * column) * ${vectors} + t % ${vectors};
        ${store('t', `(load_dy(at) + load_dy(at + ${vectors})) + (load_dy(at + ${2 * width * vectors}) + load_dy(at + ${(2 * width + 1) * vectors}))`)}`,
    });
  },
};
