import { finishRow } from './finish';
import { at, read } from './vector';

// Passes over rows of channels [R, C]; a task is a band of rows.

/** Rows whose sums are single precision; those of the blocks are added up in double. */
const BLOCK = 16;

/** What is added up: x; (x - mean)^2; dy and beside it dy (x - mean). */
const SQUARES = 1;
const GRADIENTS = 2;

/** Adds four sums to double ones, or one. */
function addTo(total: usize, sum: v128, four: bool): void {
  if (!four) {
    store<f64>(total, load<f64>(total) + <f64>f32x4.extract_lane(sum, 0));
    return;
  }
  v128.store(total, f64x2.add(v128.load(total), f64x2.promote_low_f32x4(sum)));
  const high = v128.shuffle<f64>(sum, sum, 1, 1);
  v128.store(total, f64x2.add(v128.load(total, 16), f64x2.promote_low_f32x4(high)), 16);
}

/**
 * Sums of each channel over a band, double [bands, 1 or 2, C]. Parameters: 0 x, 1 R, 2 C, 3 rows a band,
 * 4 what, 5 mean, 6 dy, 7 sums.
 */
export function sumChannels(band: i32, p: usize): void {
  const channels = at(p, 2);
  const first = band * at(p, 3);
  const rows = min(at(p, 3), at(p, 1) - first);
  const what = at(p, 4);
  const bytes = (<usize>channels) << 2;
  const kinds = what === GRADIENTS ? 2 : 1;
  const sums = <usize>at(p, 7) + <usize>(band * kinds) * bytes * 2;
  memory.fill(sums, 0, <usize>kinds * bytes * 2);
  const x = <usize>at(p, 0) + <usize>first * bytes;
  const dy = <usize>at(p, 6) + <usize>first * bytes;
  for (let row = 0; row < rows; row += BLOCK) {
    const skip = <usize>row * bytes;
    const end = <usize>min(BLOCK, rows - row) * bytes + skip;
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let sum = f32x4.splat(0);
      const to = sums + 2 * c;
      if (what === 0) {
        for (let i = skip; i < end; i += bytes) sum = f32x4.add(sum, read(x + i + c, four));
      } else {
        const mean = read(<usize>at(p, 5) + c, four);
        if (what === SQUARES) {
          for (let i = skip; i < end; i += bytes) {
            const away = f32x4.sub(read(x + i + c, four), mean);
            sum = f32x4.add(sum, f32x4.mul(away, away));
          }
        } else {
          let along = f32x4.splat(0);
          for (let i = skip; i < end; i += bytes) {
            const gradient = read(dy + i + c, four);
            sum = f32x4.add(sum, gradient);
            along = f32x4.add(along, f32x4.mul(gradient, f32x4.sub(read(x + i + c, four), mean)));
          }
          addTo(to + 2 * bytes, along, four);
        }
      }
      addTo(to, sum, four);
    }
  }
}

/** y = relu?((x - mean) gain + beta + residual). Parameters: 0 x, 1 y, 2 R, 3 C, 4 rows a band, 5 what of it, 6 .. 9 the vectors. */
export function normalise(band: i32, p: usize): void {
  const bytes = (<usize>at(p, 3)) << 2;
  const first = band * at(p, 4);
  const rows = min(at(p, 4), at(p, 2) - first);
  const skip = <usize>first * bytes;
  const y = <usize>at(p, 1);
  for (let row: usize = skip; row < skip + <usize>rows * bytes; row += bytes)
    finishRow(<usize>at(p, 0) + row, y + row, 0, at(p, 3), at(p, 5), y, p + 24);
}

/**
 * dx = (dy - level - (x - mean) tilt) gain; without `through`, dx = dy gain. Parameters: 0 dy, 1 dx, 2 R, 3 C, 4 rows a band, 5 gain, 6 through, 7 x, 8 mean, 9 level, 10 tilt.
 */
export function normGradient(band: i32, p: usize): void {
  const bytes = (<usize>at(p, 3)) << 2;
  const first = band * at(p, 4);
  const rows = min(at(p, 4), at(p, 2) - first);
  const gain = <usize>at(p, 5);
  const through = at(p, 6) !== 0;
  const start = <usize>first * bytes;
  for (let row = start; row < start + <usize>rows * bytes; row += bytes) {
    const dy = <usize>at(p, 0) + row;
    const dx = <usize>at(p, 1) + row;
    const x = <usize>at(p, 7) + row;
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let gradient = read(dy + c, four);
      if (through) {
        const away = f32x4.sub(read(x + c, four), read(<usize>at(p, 8) + c, four));
        const tilted = f32x4.mul(away, read(<usize>at(p, 10) + c, four));
        gradient = f32x4.sub(f32x4.sub(gradient, read(<usize>at(p, 9) + c, four)), tilted);
      }
      gradient = f32x4.mul(gradient, read(gain + c, four));
      if (four) v128.store(dx + c, gradient);
      else store<f32>(dx + c, f32x4.extract_lane(gradient, 0));
    }
  }
}
