import { advance, type Code, f32x4, get, i32, type Local, Routine, repeat, set, v128 } from './assembler';

const FLOAT = 4;

/**
 * out [R, C] += left [R, T] right [T, C]: the inner loop of every convolution, forward and backward. `turned` takes left
 * as it lies in memory turned, [T, R].
 * Parameters: addresses of left, right and out; R, T, C (a multiple of 4); bytes from row to row of left as it lies, and
 * from row to row of out. Rows of right follow one another.
 *
 * A tile of up to 4 x 8 sums stays in registers over all of T: for 6 loads it multiplies and adds 32 pairs. Steps written out
 * one after another were slower, V8 then runs out of registers.
 */
export function products(name: string, turned: boolean): Routine {
  const routine = new Routine(name, 8);
  const [left, right, out, rows, steps, columns, leftStride, outStride] = Array.from({ length: 8 }, (_, i) =>
    routine.parameter(i),
  );
  const [rightAt, outAt, block, step, r, band] = Array.from({ length: 6 }, () => routine.local('i32'));
  const at = Array.from({ length: 4 }, () => routine.local('i32'));
  const sums = Array.from({ length: 8 }, () => routine.local('v128'));
  const [first, second, factor] = Array.from({ length: 3 }, () => routine.local('v128'));
  const rightStride = i32.shiftLeft(get(columns), i32.const(2));

  /** One tile of `height` rows and 4 or 8 columns. */
  const tile = (height: number, vectors: 1 | 2): Code => {
    const operands = [first, second].slice(0, vectors);
    const pointers = at.slice(0, turned ? 1 : height);
    const sum = (row: number, v: number): Local => sums[row * vectors + v];
    const each = (write: (row: number, v: number) => Code): Code =>
      Array.from({ length: height }, (_, row) => operands.map((_, v) => write(row, v))).flat(2);
    const rowOfOut = (row: number): Code => i32.add(get(outAt), i32.mul(get(outStride), i32.const(row)));
    /** One step: left's element of each row times the row of right. */
    const once: Code = [
      ...operands.flatMap((operand, v) => set(operand, v128.load(get(r), 4 * FLOAT * v))),
      ...Array.from({ length: height }, (_, row) => [
        ...set(factor, turned ? v128.loadSplat(get(at[0]), FLOAT * row) : v128.loadSplat(get(at[row]))),
        ...operands.flatMap((operand, v) =>
          set(sum(row, v), f32x4.add(get(sum(row, v)), f32x4.mul(get(factor), get(operand)))),
        ),
      ]).flat(),
      ...advance(r, rightStride),
      ...pointers.flatMap((pointer) => advance(pointer, turned ? get(leftStride) : i32.const(FLOAT))),
    ];
    return [
      ...each((row, v) => set(sum(row, v), v128.zero)),
      ...pointers.flatMap((pointer, row) => set(pointer, i32.add(get(left), i32.mul(get(leftStride), i32.const(row))))),
      ...set(r, get(rightAt)),
      ...repeat(step, get(steps), once),
      ...each((row, v) =>
        v128.store(rowOfOut(row), f32x4.add(v128.load(rowOfOut(row), 4 * FLOAT * v), get(sum(row, v))), 4 * FLOAT * v),
      ),
      ...advance(rightAt, i32.const(4 * FLOAT * vectors)),
      ...advance(outAt, i32.const(4 * FLOAT * vectors)),
    ];
  };

  /** All columns of `height` rows, then on to the rows after them. */
  const rowsOf = (height: number): Code => [
    ...set(rightAt, get(right)),
    ...set(outAt, get(out)),
    ...repeat(block, i32.shiftRight(get(columns), i32.const(3)), tile(height, 2)),
    ...repeat(block, i32.and(i32.shiftRight(get(columns), i32.const(2)), i32.const(1)), tile(height, 1)),
    ...advance(left, turned ? i32.const(FLOAT * height) : i32.mul(get(leftStride), i32.const(height))),
    ...advance(out, i32.mul(get(outStride), i32.const(height))),
  ];
  const rest = i32.and(get(rows), i32.const(3));
  routine.emit(repeat(band, i32.shiftRight(get(rows), i32.const(2)), rowsOf(4)));
  for (const height of [3, 2, 1]) routine.emit(repeat(band, i32.equal(rest, i32.const(height)), rowsOf(height)));
  return routine;
}
