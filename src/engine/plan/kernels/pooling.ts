import { elements, type Tensor } from '../../../graph/tensor';
import { float } from '../expression';
import type { Rule } from '../lowering';
import { vectorOf, widthOf } from '../lowering';

/** Padded places never win. */
export const maxPool: Rule<'maxPool'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const [, height, width, channels] = x.shape;
    const [, outHeight, outWidth] = node.shape;
    const { size, stride, padding } = node.attributes;
    const type = vectorOf(channels);
    const vectors = channels / widthOf(type);
    to.dispatch({
      label: 'maxPool',
      reads: { x: [to.of(x), type] },
      writes: { y: [to.make(node as Tensor), type] },
      threads: elements(node.shape) / widthOf(type),
      body: `
        let c = t % ${vectors};
        let column = t / ${vectors} % ${outWidth} * ${stride} - ${padding};
        let row = t / ${vectors * outWidth} % ${outHeight} * ${stride} - ${padding};
        let picture = t / ${vectors * outWidth * outHeight};
        var largest = ${type}(-3.4e38);
        for (var i = max(row, 0); i < min(row + ${size}, ${height}); i++) {
          for (var j = max(column, 0); j < min(column + ${size}, ${width}); j++) {
            largest = max(largest, x[((picture * ${height} + i) * ${width} + j) * ${vectors} + c]);
          }
        }
        y[t] = largest;`,
    });
  },
  /** A thread a place of x: takes the gradients of all windows whose first largest value it is. */
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const [, height, width, channels] = x.shape;
    const [, outHeight, outWidth] = node.shape;
    const { size, stride, padding } = node.attributes;
    const { reads, writes, store } = to.into(x, pass, 'dx', 'f32');
    to.dispatch({
      label: 'maxPool gradient',
      reads: { x: [to.of(x), 'f32'], y: [to.of(node as Tensor), 'f32'], dy: [dy, 'f32'], ...reads },
      writes,
      threads: elements(x.shape),
      body: `
        let c = t % ${channels};
        let column = t / ${channels} % ${width};
        let row = t / ${channels * width} % ${height};
        let picture = t / ${channels * width * height};
        let own = x[t];
        var total = 0.0;
        for (var i = max((row + ${padding} - ${size - 1} + ${stride - 1}) / ${stride}, 0); i <= min((row + ${padding}) / ${stride}, ${outHeight - 1}); i++) {
          for (var j = max((column + ${padding} - ${size - 1} + ${stride - 1}) / ${stride}, 0); j <= min((column + ${padding}) / ${stride}, ${outWidth - 1}); j++) {
            let at = ((picture * ${outHeight} + i) * ${outWidth} + j) * ${channels} + c;
            if (y[at] != own) { continue; }
            // Of equal values the first counts.
            var first = true;
            for (var k = max(i * ${stride} - ${padding}, 0); k <= row; k++) {
              for (var l = max(j * ${stride} - ${padding}, 0); l < min(j * ${stride} - ${padding} + ${size}, ${width}); l++) {
                if ((k < row || l < column) && x[((picture * ${height} + k) * ${width} + l) * ${channels} + c] == own) { first = false; }
              }
            }
            if (first) { total += dy[at]; }
          }
        }
        ${store('t', 'total')}`,
    });
  },
};

export const meanPool: Rule<'meanPool'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const [, height, width, channels] = x.shape;
    const type = vectorOf(channels);
    const vectors = channels / widthOf(type);
    to.dispatch({
      label: 'meanPool',
      reads: { x: [to.of(x), type] },
      writes: { y: [to.make(node as Tensor), type] },
      threads: elements(node.shape) / widthOf(type),
      body: `
        var total = ${type}(0.0);
        for (var place = 0; place < ${height * width}; place++) {
          total += x[(t / ${vectors} * ${height * width} + place) * ${vectors} + t % ${vectors}];
        }
        y[t] = total / ${float(height * width)};`,
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const [, height, width, channels] = x.shape;
    const type = vectorOf(channels);
    const vectors = channels / widthOf(type);
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'meanPool gradient',
      reads: { dy: [dy, type], ...reads },
      writes,
      threads: elements(x.shape) / widthOf(type),
      body: store('t', `dy[t / ${vectors * height * width} * ${vectors} + t % ${vectors}] / ${float(height * width)}`),
    });
  },
};

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
        y[t] = x[(row * ${width / 2} + column) * ${vectors} + t % ${vectors}];`,
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
        ${store('t', `(dy[at] + dy[at + ${vectors}]) + (dy[at + ${2 * width * vectors}] + dy[at + ${(2 * width + 1) * vectors}])`)}`,
    });
  },
};
