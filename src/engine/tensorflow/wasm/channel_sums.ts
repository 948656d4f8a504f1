import { advance, type Code, f32x4, get, i32, type Local, Routine, repeat, set, v128 } from './assembler';

// Loops over [rows, C] with C a multiple of 4: the channels outside, four at a time, their vectors in registers over all
// rows. Sums are single precision: callers take few rows at a time and add those sums up in double.

const VECTOR = 16;

interface Lane {
  routine: Routine;
  rows: Local;
  /** Bytes from row to row. */
  stride: Code;
  row: Local;
}

/**
 * A routine of `pointers` addresses followed by rows and C. `lane` gets, for one vector of channels, copies of the
 * pointers at its first row, and writes its code; what it moves they may keep.
 */
function channelLoop(name: string, pointers: number, lane: (at: readonly Local[], lane: Lane) => Code): Routine {
  const routine = new Routine(name, pointers + 2);
  const bases = Array.from({ length: pointers }, (_, i) => routine.parameter(i));
  const [rows, channels] = [routine.parameter(pointers), routine.parameter(pointers + 1)];
  const at = bases.map(() => routine.local('i32'));
  const [block, row] = [routine.local('i32'), routine.local('i32')];
  const stride = i32.shiftLeft(get(channels), i32.const(2));
  routine.emit(
    repeat(
      block,
      i32.shiftRight(get(channels), i32.const(2)),
      ...at.map((pointer, i) => set(pointer, get(bases[i]))),
      lane(at, { routine, rows, stride, row }),
      ...bases.map((base) => advance(base, i32.const(VECTOR))),
    ),
  );
  return routine;
}

/** sums[c] = sum of x[., c]. Parameters: x, sums, rows, C. */
export const rowSums = (): Routine =>
  channelLoop('rowSums', 2, ([x, sums], { routine, rows, stride, row }) => {
    const total = routine.local('v128');
    return [
      ...set(total, v128.zero),
      ...repeat(row, get(rows), set(total, f32x4.add(get(total), v128.load(get(x)))), advance(x, stride)),
      ...v128.store(get(sums), get(total)),
    ];
  });

/** sums[c] = sum of (x[., c] - mean[c])^2. Parameters: x, mean, sums, rows, C. */
export const squareSums = (): Routine =>
  channelLoop('squareSums', 3, ([x, mean, sums], { routine, rows, stride, row }) => {
    const [total, middle, away] = [0, 1, 2].map(() => routine.local('v128'));
    return [
      ...set(total, v128.zero),
      ...set(middle, v128.load(get(mean))),
      ...repeat(
        row,
        get(rows),
        set(away, f32x4.sub(v128.load(get(x)), get(middle))),
        set(total, f32x4.add(get(total), f32x4.mul(get(away), get(away)))),
        advance(x, stride),
      ),
      ...v128.store(get(sums), get(total)),
    ];
  });

/** sums[c] = sum of dy, along[c] = sum of dy (x - mean). Parameters: x, dy, mean, sums, along, rows, C. */
export const slopeSums = (): Routine =>
  channelLoop('slopeSums', 5, ([x, dy, mean, sums, along], { routine, rows, stride, row }) => {
    const [total, product, middle, slope] = [0, 1, 2, 3].map(() => routine.local('v128'));
    return [
      ...set(total, v128.zero),
      ...set(product, v128.zero),
      ...set(middle, v128.load(get(mean))),
      ...repeat(
        row,
        get(rows),
        set(slope, v128.load(get(dy))),
        set(total, f32x4.add(get(total), get(slope))),
        set(product, f32x4.add(get(product), f32x4.mul(get(slope), f32x4.sub(v128.load(get(x)), get(middle))))),
        advance(x, stride),
        advance(dy, stride),
      ),
      ...v128.store(get(sums), get(total)),
      ...v128.store(get(along), get(product)),
    ];
  });

/** y = (x - mean) gain + beta. Parameters: x, mean, gain, beta, y, rows, C. */
export const normaliseRows = (): Routine =>
  channelLoop('normaliseRows', 5, ([x, mean, gain, beta, y], { routine, rows, stride, row }) => {
    const vectors = [mean, gain, beta].map((from) => ({ from, held: routine.local('v128') }));
    const [middle, factor, shift] = vectors.map(({ held }) => get(held));
    return [
      ...vectors.flatMap(({ from, held }) => set(held, v128.load(get(from)))),
      ...repeat(
        row,
        get(rows),
        v128.store(get(y), f32x4.add(f32x4.mul(f32x4.sub(v128.load(get(x)), middle), factor), shift)),
        advance(x, stride),
        advance(y, stride),
      ),
    ];
  });

/** dx = (dy - a - (x - mean) b) gain. Parameters: x, dy, mean, a, b, gain, dx, rows, C. */
export const slopeRows = (): Routine =>
  channelLoop('slopeRows', 7, ([x, dy, mean, a, b, gain, dx], { routine, rows, stride, row }) => {
    const vectors = [mean, a, b, gain].map((from) => ({ from, held: routine.local('v128') }));
    const [middle, level, tilt, factor] = vectors.map(({ held }) => get(held));
    const away = f32x4.mul(f32x4.sub(v128.load(get(x)), middle), tilt);
    return [
      ...vectors.flatMap(({ from, held }) => set(held, v128.load(get(from)))),
      ...repeat(
        row,
        get(rows),
        v128.store(get(dx), f32x4.mul(f32x4.sub(f32x4.sub(v128.load(get(dy)), level), away), factor)),
        advance(x, stride),
        advance(dy, stride),
        advance(dx, stride),
      ),
    ];
  });
