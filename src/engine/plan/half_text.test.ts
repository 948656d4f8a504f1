import { expect, test } from 'vitest';
import { halfElement, inHalf } from './half_text';

/** With `x` of single numbers and `y` of fours in half precision. */
const made = (code: string) =>
  inHalf(
    code,
    new Map([
      ['x', 'f32'],
      ['y', 'vec4f'],
    ] as const),
  );

test.each([
  ['let a = x[i];', 'let a = f32(x[i]);'],
  ['let a = y[i].x + b;', 'let a = vec4f(y[i]).x + b;'],
  ['let a = max(x[i * (n + 1)], x[0]) - z[i];', 'let a = max(f32(x[i * (n + 1)]), f32(x[0])) - z[i];'],
])('a load is converted where it stands: %s', (code, expected) => {
  expect(made(code)).toBe(expected);
});

test.each([
  ['x[i] = a;', 'x[i] = f16(a);'],
  ['y[t] = max(a, vec4f(0.0));', 'y[t] = vec4<f16>(max(a, vec4f(0.0)));'],
  ['if (i < n) { x[i] = a[j]; } else { x[i] = 0.0; }', 'if (i < n) { x[i] = f16(a[j]); } else { x[i] = f16(0.0); }'],
  ['x[i]\n  = a;', 'x[i] = f16(a);'],
])('so is what is stored, up to the end of its statement: %s', (code, expected) => {
  expect(made(code)).toBe(expected);
});

test.each([
  ['x[i] += a - b;', 'x[i] = f16(f32(x[i]) + (a - b));'],
  ['y[i] *= x[j];', 'y[i] = vec4<f16>(vec4f(y[i]) * (f32(x[j])));'],
])('a sum is made in single precision: %s', (code, expected) => {
  expect(made(code)).toBe(expected);
});

test('a comparison is no assignment', () => {
  expect(made('if (x[i] == a || x[i] <= b || x[i] != x[j]) { return; }')).toBe(
    'if (f32(x[i]) == a || f32(x[i]) <= b || f32(x[i]) != f32(x[j])) { return; }',
  );
});

test('loads are found in indices and in what is stored', () => {
  expect(made('x[i32(x[y2[0]])] = x[i] + select(a, y[j].w, b);')).toBe(
    'x[i32(f32(x[y2[0]]))] = f16(f32(x[i]) + select(a, vec4f(y[j]).w, b));',
  );
});

test('names that only end or begin alike, and what is no array, stay as they are', () => {
  const code = 'let x0 = max[i] + x_tile[i] + id.x[0] + size.y * x;';
  expect(made(code)).toBe(code);
  expect(inHalf('let a = x[i];', new Map())).toBe('let a = x[i];');
});

test('what it cannot take apart is a mistake of ours, and said', () => {
  expect(() => made('x[i')).toThrow("no ']'");
  expect(() => made('x[i] = a')).toThrow("no ';'");
  expect(() => halfElement('i32')).toThrow('i32 has no half precision');
});
