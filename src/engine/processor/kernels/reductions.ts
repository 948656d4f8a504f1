import { at, read, splat } from './vector';

/** Elements whose sums are single precision. */
const BLOCK = 256;

/** Mean of all elements. One task. Parameters: 0 elements, 1 x, 2 y. */
export function mean(_: i32, p: usize): void {
  const x = <usize>at(p, 1);
  const end = x + ((<usize>at(p, 0)) << 2);
  let total: f64 = 0;
  for (let block = x; block < end; block += BLOCK << 2) {
    let sum = splat(0);
    const stop = min(end, block + (BLOCK << 2));
    for (let i = block; i < stop; i += stop - i >= 16 ? 16 : 4) sum = f32x4.add(sum, read(i, stop - i >= 16));
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
  }
  store<f32>(<usize>at(p, 2), <f32>(total / <f64>at(p, 0)));
}

/** sqrt(C) times the mean over columns of their standard deviations. One task. Parameters: 0 rows, 1 C, 2 x, 3 y. */
export function featureStd(_: i32, p: usize): void {
  const rows = at(p, 0);
  const channels = at(p, 1);
  let total: f64 = 0;
  for (let c = 0; c < channels; c++) {
    const column = <usize>at(p, 2) + ((<usize>c) << 2);
    let sum: f64 = 0;
    for (let row = 0; row < rows; row++) sum += <f64>load<f32>(column + ((<usize>(row * channels)) << 2));
    const middle = sum / <f64>rows;
    let squares: f64 = 0;
    for (let row = 0; row < rows; row++) {
      const away = <f64>load<f32>(column + ((<usize>(row * channels)) << 2)) - middle;
      squares += away * away;
    }
    total += Math.sqrt(squares / <f64>rows);
  }
  store<f32>(<usize>at(p, 3), <f32>((Math.sqrt(<f64>channels) * total) / <f64>channels));
}
