import { at, read, write } from './vector';

// Rows of a matrix [R, C]. A task is some rows.

/** Copies `bytes` bytes, or adds so many floats. */
function put(from: usize, to: usize, bytes: usize, more: bool): void {
  if (!more) {
    memory.copy(to, from, bytes);
    return;
  }
  for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
    const four = bytes - c >= 16;
    write(to + c, f32x4.add(read(to + c, four), read(from + c, four)), four);
  }
}

/**
 * Some columns of rows to some columns of others. Parameters: 0 rows, 1 rows a task, 2 bytes of a row, 3 from, 4 bytes from row to
 * row there, 5 to, 6 bytes from row to row there, 7 1 where they are added, 8 which rows, in order, or 0.
 */
export function copyRows(task: i32, p: usize): void {
  const each = at(p, 1);
  const end = min(at(p, 0), (task + 1) * each);
  const order = <usize>at(p, 8);
  for (let row = task * each; row < end; row++) {
    const from = order ? at(order, row) : row;
    put(<usize>(at(p, 3) + from * at(p, 4)), <usize>(at(p, 5) + row * at(p, 6)), <usize>at(p, 2), at(p, 7) !== 0);
  }
}

/** dx[r] (+)= sum of dy[i] where order[i] is r. Parameters: 0 rows of x, 1 rows a task, 2 bytes of a row, 3 dy, 4 order, 5 dx, 6 rows of dy, 7 1 where dx is added to. */
export function gatherRowsGradient(task: i32, p: usize): void {
  const each = at(p, 1);
  const end = min(at(p, 0), (task + 1) * each);
  const bytes = <usize>at(p, 2);
  for (let row = task * each; row < end; row++) {
    const to = <usize>at(p, 5) + <usize>row * bytes;
    if (at(p, 7) === 0) memory.fill(to, 0, bytes);
    for (let i = 0; i < at(p, 6); i++)
      if (at(<usize>at(p, 4), i) === row) put(<usize>at(p, 3) + <usize>i * bytes, to, bytes, true);
  }
}

/** Rows into a ring, at a place that a floating number names. One task. Parameters: 0 rows, 1 bytes of a row, 2 from, 3 ring, 4 rows of the ring, 5 the place's address. */
export function writeRing(_: i32, p: usize): void {
  const size = at(p, 4);
  const bytes = <usize>at(p, 1);
  const begin = <i32>load<f32>(<usize>at(p, 5)) % size;
  for (let i = 0; i < at(p, 0); i++) {
    const place = (begin + i + size) % size;
    put(<usize>at(p, 2) + <usize>i * bytes, <usize>at(p, 3) + <usize>place * bytes, bytes, false);
  }
}

/** Inner product of two rows of C floats, in double precision. */
export function dot(a: usize, b: usize, channels: i32): f64 {
  let sum: f64 = 0;
  for (let c: usize = 0; c < (<usize>channels) << 2; c += 4) sum += <f64>load<f32>(a + c) * <f64>load<f32>(b + c);
  return sum;
}

/** Shortest length that a row is divided by. */
const SHORTEST: f64 = 1e-12;

/** y = x / max(|x|, 1e-12). Parameters: 0 rows, 1 rows a task, 2 C, 3 x, 4 y. */
export function unitRows(task: i32, p: usize): void {
  const each = at(p, 1);
  const channels = at(p, 2);
  const end = min(at(p, 0), (task + 1) * each);
  for (let row = task * each; row < end; row++) {
    const skip = (<usize>(row * channels)) << 2;
    const x = <usize>at(p, 3) + skip;
    const length = max(Math.sqrt(dot(x, x, channels)), SHORTEST);
    for (let c: usize = 0; c < (<usize>channels) << 2; c += 4)
      store<f32>(<usize>at(p, 4) + skip + c, <f32>(<f64>load<f32>(x + c) / length));
  }
}

/** dx (+)= (dy - y (dy . y)) / length, without the second term where the length is the shortest. Then 4 y, 5 dy, 6 dx, 7 1 where dx is added to. */
export function unitRowsGradient(task: i32, p: usize): void {
  const each = at(p, 1);
  const channels = at(p, 2);
  const end = min(at(p, 0), (task + 1) * each);
  for (let row = task * each; row < end; row++) {
    const skip = (<usize>(row * channels)) << 2;
    const x = <usize>at(p, 3) + skip;
    const y = <usize>at(p, 4) + skip;
    const dy = <usize>at(p, 5) + skip;
    const dx = <usize>at(p, 6) + skip;
    const length = Math.sqrt(dot(x, x, channels));
    const along = length > SHORTEST ? dot(dy, y, channels) : 0;
    for (let c: usize = 0; c < (<usize>channels) << 2; c += 4) {
      const gradient = (<f64>load<f32>(dy + c) - <f64>load<f32>(y + c) * along) / max(length, SHORTEST);
      store<f32>(dx + c, <f32>gradient + (at(p, 7) !== 0 ? load<f32>(dx + c) : 0));
    }
  }
}

/** y [R] = inner products of rows. Parameters: 0 rows, 1 rows a task, 2 C, 3 a, 4 b, 5 y. */
export function rowDot(task: i32, p: usize): void {
  const each = at(p, 1);
  const channels = at(p, 2);
  const end = min(at(p, 0), (task + 1) * each);
  for (let row = task * each; row < end; row++) {
    const skip = (<usize>(row * channels)) << 2;
    store<f32>(
      <usize>at(p, 5) + ((<usize>row) << 2),
      <f32>dot(<usize>at(p, 3) + skip, <usize>at(p, 4) + skip, channels),
    );
  }
}

/** dx (+)= rows of b, each times its own number of dy [R]. Parameters: 0 rows, 1 rows a task, 2 C, 3 b, 4 dy, 5 dx, 6 1 where dx is added to. */
export function scaleRows(task: i32, p: usize): void {
  const each = at(p, 1);
  const bytes = (<usize>at(p, 2)) << 2;
  const end = min(at(p, 0), (task + 1) * each);
  for (let row = task * each; row < end; row++) {
    const factor = v128.load32_splat(<usize>at(p, 4) + ((<usize>row) << 2));
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      const to = <usize>at(p, 5) + <usize>row * bytes + c;
      const value = f32x4.mul(read(<usize>at(p, 3) + <usize>row * bytes + c, four), factor);
      write(to, at(p, 6) !== 0 ? f32x4.add(read(to, four), value) : value, four);
    }
  }
}
