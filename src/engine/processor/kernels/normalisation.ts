import { accumulate, addTo, BLOCK, firstRowOf, groupOf, rowsOf } from './bands';
import { finishRow, RELU6 } from './finish';
import { at, floatAt, read, scratch, splat, write } from './vector';

// Norms over bands of rows (bands.ts), whose parameters 0 to 3 come first.

/** gamma / sqrt(variance + epsilon). Parameters: 0 C, 1 gamma, 2 variance, 3 epsilon, 4 gain, 5 bytes between variances of groups. A task is a group. */
export function gain(group: i32, p: usize): void {
  const channels = at(p, 0);
  const variance = <usize>at(p, 2) + <usize>(group * at(p, 5));
  const to = <usize>at(p, 4) + ((<usize>(group * channels)) << 2);
  for (let c: usize = 0; c < (<usize>channels) << 2; c += 4)
    store<f32>(to + c, load<f32>(<usize>at(p, 1) + c) / <f32>Math.sqrt(load<f32>(variance + c) + floatAt(p, 3)));
}

/**
 * y = relu?((x - mean) gain + beta + residual). Then 4 x, 5 y, 6 what of it (finish.ts), 7 mean, 8 gain, 9 beta, 10 residual,
 * 11 bytes between the means of groups.
 */
export function normalise(task: i32, p: usize): void {
  const bytes = (<usize>at(p, 1)) << 2;
  const group = groupOf(task, p);
  const skip = <usize>firstRowOf(task, p) * bytes;
  const end = skip + <usize>rowsOf(task, p) * bytes;
  store<i32>(scratch, at(p, 7) + group * at(p, 11));
  store<i32>(scratch, at(p, 8) + group * <i32>bytes, 4);
  store<i32>(scratch, at(p, 9), 8);
  store<i32>(scratch, at(p, 10), 12);
  const y = <usize>at(p, 5);
  for (let row = skip; row < end; row += bytes)
    finishRow(<usize>at(p, 4) + row, y + row, 0, at(p, 1), at(p, 6), y, scratch);
}

/**
 * g = dy where the activation lets it pass; double sums [tasks, 2, C] of g and of g (x - mean). Then 4 x, 5 dy, 6 g, 7 y, 8 which
 * activation (finish.ts), 9 mean, 10 bytes between the means of groups, 11 sums or 0. g may be dy.
 */
export function normSums(task: i32, p: usize): void {
  const bytes = (<usize>at(p, 1)) << 2;
  const skip = <usize>firstRowOf(task, p) * bytes;
  const x = <usize>at(p, 4);
  const dy = <usize>at(p, 5);
  const g = <usize>at(p, 6);
  const y = <usize>at(p, 7);
  const activation = at(p, 8);
  const means = <usize>(at(p, 9) + groupOf(task, p) * at(p, 10));
  const wanted = at(p, 11) !== 0;
  const sums = <usize>at(p, 11) + <usize>task * bytes * 4;
  const end = skip + <usize>rowsOf(task, p) * bytes;
  if (wanted) memory.fill(sums, 0, bytes * 4);
  for (let block = skip; block < end; block += BLOCK * bytes) {
    const stop = min(end, block + BLOCK * bytes);
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      const mean = wanted ? read(means + c, four) : splat(0);
      let sum = splat(0);
      let along = splat(0);
      for (let i = block + c; i < stop; i += bytes) {
        let gradient = read(dy + i, four);
        if (activation) {
          const value = read(y + i, four);
          gradient = v128.and(gradient, f32x4.gt(value, splat(0)));
          if (activation === RELU6) gradient = v128.and(gradient, f32x4.lt(value, splat(6)));
          write(g + i, gradient, four);
        }
        if (wanted) {
          sum = f32x4.add(sum, gradient);
          along = f32x4.add(along, f32x4.mul(gradient, f32x4.sub(read(x + i, four), mean)));
        }
      }
      if (wanted) {
        addTo(sums + 2 * c, sum, four);
        addTo(sums + 2 * (bytes + c), along, four);
      }
    }
  }
}

/**
 * Of the sums of all bands: d beta and d gamma [C], and for the moments' own part of dx what is taken off dy, level + (x - mean)
 * tilt, [groups, 2, C]. One task. Parameters 0 to 3 as above, 4 groups, 5 sums, 6 variance, 7 bytes between those of groups,
 * 8 epsilon, 9 level and tilt or 0, 10 d gamma or 0, 11 d beta or 0, 12 1 where d gamma is added to, 13 d beta.
 */
export function mergeNormSums(_: i32, p: usize): void {
  const channels = at(p, 1);
  const bands = at(p, 3);
  const groups = at(p, 4);
  const rows = <f64>at(p, 0);
  const bytes = (<usize>channels) << 3;
  for (let c: usize = 0; c < bytes; c += 8) {
    let dBeta: f64 = 0;
    let dGamma: f64 = 0;
    const half = c >> 1;
    for (let group = 0; group < groups; group++) {
      let sum: f64 = 0;
      let along: f64 = 0;
      for (let band = 0; band < bands; band++) {
        const from = <usize>at(p, 5) + <usize>(group * bands + band) * bytes * 2 + c;
        sum += load<f64>(from);
        along += load<f64>(from + bytes);
      }
      const variance = <f64>load<f32>(<usize>(at(p, 6) + group * at(p, 7)) + half) + <f64>floatAt(p, 8);
      dBeta += sum;
      dGamma += along / Math.sqrt(variance);
      if (at(p, 9) === 0) continue;
      const level = <usize>at(p, 9) + <usize>group * bytes + half;
      store<f32>(level, <f32>(sum / rows));
      store<f32>(level + (bytes >> 1), <f32>(along / rows / variance));
    }
    if (at(p, 10) !== 0) accumulate(<usize>at(p, 10) + half, <f32>dGamma, at(p, 12) !== 0);
    if (at(p, 11) !== 0) accumulate(<usize>at(p, 11) + half, <f32>dBeta, at(p, 13) !== 0);
  }
}

/**
 * dx (+)= (g - level - (x - mean) tilt) gain; where there is no level, g gain. Then 4 g, 5 dx, 6 gain, 7 1 where dx is added to,
 * 8 level and tilt or 0, 9 x, 10 mean, 11 bytes between the means of groups, 12 bytes between the gains.
 */
export function normGradient(task: i32, p: usize): void {
  const bytes = (<usize>at(p, 1)) << 2;
  const group = groupOf(task, p);
  const start = <usize>firstRowOf(task, p) * bytes;
  const end = start + <usize>rowsOf(task, p) * bytes;
  const gains = <usize>(at(p, 6) + group * at(p, 12));
  const more = at(p, 7) !== 0;
  const through = at(p, 8) !== 0;
  const level = <usize>at(p, 8) + <usize>group * bytes * 2;
  const means = <usize>(at(p, 10) + group * at(p, 11));
  for (let row = start; row < end; row += bytes) {
    const g = <usize>at(p, 4) + row;
    const dx = <usize>at(p, 5) + row;
    const x = <usize>at(p, 9) + row;
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let gradient = read(g + c, four);
      if (through) {
        const away = f32x4.sub(read(x + c, four), read(means + c, four));
        const tilted = f32x4.mul(away, read(level + bytes + c, four));
        gradient = f32x4.sub(f32x4.sub(gradient, read(level + c, four)), tilted);
      }
      gradient = f32x4.mul(gradient, read(gains + c, four));
      write(dx + c, more ? f32x4.add(read(dx + c, four), gradient) : gradient, four);
    }
  }
}
