import { expect, test } from 'vitest';
import { drawn } from '../../testing/check';
import { assemble } from './assembler';
import { normaliseRows, rowSums, slopeRows, slopeSums, squareSums } from './channel_sums';
import { products } from './products';

const FLOAT = 4;

/** The routine in a memory of its own, with these arrays laid out one after another; gives the memory as floats. */
function run(routine: ReturnType<typeof products>, arrays: readonly Float32Array[], ...rest: number[]): Float32Array[] {
  const memory = new WebAssembly.Memory({ initial: 8 });
  const module = new WebAssembly.Module(assemble([routine], false));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  let end = 0;
  const views = arrays.map((array) => {
    const view = new Float32Array(memory.buffer, end, array.length);
    view.set(array);
    end += array.byteLength;
    return view;
  });
  (exports[routine.name] as (...parameters: number[]) => void)(...views.map(({ byteOffset }) => byteOffset), ...rest);
  return views;
}

const closeTo = (right: readonly number[]) => right.map((value) => expect.closeTo(value, 4));
const table = (rows: number, columns: number, value: (r: number, c: number) => number): number[] =>
  Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns));

// Every remainder of the tile of 4 x 8.
test.each([
  [1, 5, 4],
  [2, 3, 8],
  [3, 1, 12],
  [4, 16, 16],
  [7, 9, 20],
  [13, 2, 28],
])('out [%i, %i, %i] += left right, as it lies and turned', (rows, steps, columns) => {
  const [left, right, out] = [
    [rows, steps],
    [steps, columns],
    [rows, columns],
  ].map((shape, i) => drawn(shape, i).data);
  const turned = Float32Array.from(table(steps, rows, (t, r) => left[r * steps + t]));
  const product = table(rows, columns, (r, c) => {
    const sum = Array.from({ length: steps }, (_, t) => left[r * steps + t] * right[t * columns + c]);
    return out[r * columns + c] + sum.reduce((a, b) => a + b, 0);
  });
  const sizes = [rows, steps, columns];
  const plain = run(products('p', false), [left, right, out], ...sizes, FLOAT * steps, FLOAT * columns);
  expect([...plain[2]]).toEqual(closeTo(product));
  const other = run(products('p', true), [turned, right, out], ...sizes, FLOAT * rows, FLOAT * columns);
  expect([...other[2]]).toEqual(closeTo(product));
});

test('rows of the result may lie apart', () => {
  const [left, right] = [Float32Array.of(2, 3), Float32Array.of(1, 2, 3, 4)];
  const apart = new Float32Array(12);
  const [, , out] = run(products('p', false), [left, right, apart], 2, 1, 4, FLOAT, FLOAT * 8);
  expect([...out]).toEqual([2, 4, 6, 8, 0, 0, 0, 0, 3, 6, 9, 12]);
});

test('sums over rows, for every channel', () => {
  const [rows, channels] = [7, 12];
  const [x, dy] = [0, 1].map((stream) => drawn([rows, channels], stream).data);
  const mean = drawn([channels], 2).data;
  const blank = () => new Float32Array(channels);
  const over = (term: (at: number, c: number) => number): number[] =>
    table(1, channels, (_, c) =>
      Array.from({ length: rows }, (_, r) => term(r * channels + c, c)).reduce((a, b) => a + b),
    );

  expect([...run(rowSums(), [x, blank()], rows, channels)[1]]).toEqual(closeTo(over((at) => x[at])));
  const squares = over((at, c) => (x[at] - mean[c]) ** 2);
  expect([...run(squareSums(), [x, mean, blank()], rows, channels)[2]]).toEqual(closeTo(squares));
  const [, , , sums, along] = run(slopeSums(), [x, dy, mean, blank(), blank()], rows, channels);
  expect([...sums]).toEqual(closeTo(over((at) => dy[at])));
  expect([...along]).toEqual(closeTo(over((at, c) => dy[at] * (x[at] - mean[c]))));
});

test('rows normalised, and the slope of that', () => {
  const [rows, channels] = [5, 8];
  const [x, dy] = [0, 1].map((stream) => drawn([rows, channels], stream).data);
  const [mean, gain, beta, a, b] = [2, 3, 4, 5, 6].map((stream) => drawn([channels], stream).data);
  const blank = () => new Float32Array(rows * channels);
  const y = run(normaliseRows(), [x, mean, gain, beta, blank()], rows, channels)[4];
  expect([...y]).toEqual(closeTo([...x].map((value, i) => (value - mean[i % 8]) * gain[i % 8] + beta[i % 8])));
  const dx = run(slopeRows(), [x, dy, mean, a, b, gain, blank()], rows, channels)[6];
  const right = [...dy].map((slope, i) => (slope - a[i % 8] - (x[i] - mean[i % 8]) * b[i % 8]) * gain[i % 8]);
  expect([...dx]).toEqual(closeTo(right));
});
