import { addTo, BLOCK, firstRowOf, rowsOf } from './bands';
import { at, floatAt, read, scratch, splat } from './vector';

// Sums and moments over bands of rows (bands.ts), whose parameters 0 to 3 come first.

/**
 * Double [tasks, 2, C] of a band: sums of x, and of (x - mean)^2 by the band's own mean, which the scratch holds. Then 4 x, 5 sums.
 */
export function channelSums(task: i32, p: usize): void {
  const rows = rowsOf(task, p);
  const bytes = (<usize>at(p, 1)) << 2;
  const x = <usize>at(p, 4) + <usize>firstRowOf(task, p) * bytes;
  const sums = <usize>at(p, 5) + <usize>task * bytes * 4;
  const end = x + <usize>rows * bytes;
  memory.fill(sums, 0, bytes * 4);
  for (let block = x; block < end; block += BLOCK * bytes) {
    const stop = min(end, block + BLOCK * bytes);
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let sum = splat(0);
      for (let i = block + c; i < stop; i += bytes) sum = f32x4.add(sum, read(i, four));
      addTo(sums + 2 * c, sum, four);
    }
  }
  for (let c: usize = 0; c < bytes; c += 4) store<f32>(scratch + c, <f32>(load<f64>(sums + 2 * c) / <f64>rows));
  const squares = sums + 2 * bytes;
  for (let block = x; block < end; block += BLOCK * bytes) {
    const stop = min(end, block + BLOCK * bytes);
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      const mean = read(scratch + c, four);
      let sum = splat(0);
      for (let i = block + c; i < stop; i += bytes) {
        const away = f32x4.sub(read(i, four), mean);
        sum = f32x4.add(sum, f32x4.mul(away, away));
      }
      addTo(squares + 2 * c, sum, four);
    }
  }
}

/**
 * Moments [groups, 2, C] of the sums of all bands (Chan et al. 1979). A task is a group. Then 4 sums, 5 moments. The squares are
 * about each band's mean in single precision, and so is what is added for its distance.
 */
export function mergeMoments(group: i32, p: usize): void {
  const channels = at(p, 1);
  const bands = at(p, 3);
  const rows = <f64>at(p, 0);
  const first = <usize>at(p, 4) + ((<usize>(group * bands * channels)) << 4);
  const moments = <usize>at(p, 5) + ((<usize>(group * channels)) << 3);
  const bytes = (<usize>channels) << 3;
  for (let c: usize = 0; c < bytes; c += 8) {
    let sum: f64 = 0;
    for (let band = 0; band < bands; band++) sum += load<f64>(first + <usize>band * bytes * 2 + c);
    const mean = sum / rows;
    let squares: f64 = 0;
    for (let band = 0; band < bands; band++) {
      const count = <f64>min(at(p, 2), at(p, 0) - band * at(p, 2));
      const from = first + <usize>band * bytes * 2 + c;
      const exact = load<f64>(from) / count;
      const used = <f64>(<f32>exact);
      // About the mean of all: the sum of (x - used)^2 moved from `used` to `mean`.
      squares += load<f64>(from + bytes) + count * (mean - used) * (mean + used - 2 * exact);
    }
    store<f32>(moments + (c >> 1), <f32>mean);
    store<f32>(moments + ((bytes + c) >> 1), <f32>max(squares / rows, 0));
  }
}

/** y [C] = factor times the mean over groups of row 0 or 1 of moments. Parameters: 0 groups, 1 C, 2 moments, 3 row, 4 factor, 5 y. One task. */
export function poolMoments(_: i32, p: usize): void {
  const channels = at(p, 1);
  const groups = at(p, 0);
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    for (let group = 0; group < groups; group++)
      sum += <f64>load<f32>(<usize>at(p, 2) + ((<usize>((2 * group + at(p, 3)) * channels + c)) << 2));
    store<f32>(<usize>at(p, 5) + ((<usize>c) << 2), <f32>((sum * <f64>floatAt(p, 4)) / <f64>groups));
  }
}
