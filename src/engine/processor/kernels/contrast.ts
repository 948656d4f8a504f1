import { exponential, exponentialOf, logarithmOf1And } from './exponential';
import { at, floatAt, read, splat, write } from './vector';

// Logits [R, C]. A task is a row.

/** What takes the place of a masked logit. */
const MASKED: f32 = -1e30;

/**
 * Logits with `masked` wherever an id of the row is the column's; backward, dy with zeros there. Parameters: 0 C, 1 logits,
 * 2 ids of rows, 3 ids a row, 4 ids of columns, 5 y, 6 1 backward, 7 1 where y is added to.
 */
export function maskSame(row: i32, p: usize): void {
  const bytes = (<usize>at(p, 0)) << 2;
  const each = at(p, 3);
  const masked = splat(at(p, 6) !== 0 ? 0 : MASKED);
  const logits = <usize>at(p, 1) + <usize>row * bytes;
  const y = <usize>at(p, 5) + <usize>row * bytes;
  for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
    const four = bytes - c >= 16;
    const columns = read(<usize>at(p, 4) + c, four);
    let same = splat(0);
    for (let i = 0; i < each; i++)
      same = v128.or(same, i32x4.eq(columns, i32x4.splat(at(<usize>at(p, 2), row * each + i))));
    const value = v128.bitselect(masked, read(logits + c, four), same);
    write(y + c, at(p, 7) !== 0 ? f32x4.add(read(y + c, four), value) : value, four);
  }
}

function largest(row: usize, bytes: usize): f32 {
  let found = load<f32>(row);
  for (let c: usize = 4; c < bytes; c += 4) found = max(found, load<f32>(row + c));
  return found;
}

/** Sum of e^(logit - top) over all columns but the target's. */
function sumOfOthers(row: usize, bytes: usize, target: usize, top: f32): f64 {
  let total: f64 = 0;
  for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
    const four = bytes - c >= 16;
    const e = exponential(f32x4.sub(read(row + c, four), splat(top)));
    const others = f64x2.promote_low_f32x4(e);
    if (four) {
      const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(e, e, 1, 1));
      const both = f64x2.add(others, high);
      if (target >= c && target < c + 16) {
        for (let i: usize = c; i < c + 16; i += 4)
          if (i !== target) total += exponentialOf(<f64>load<f32>(row + i) - <f64>top);
      } else total += f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    } else if (c !== target) total += f64x2.extract_lane(others, 0);
  }
  return total;
}

/**
 * -log softmax at the target. Where that is nearly 1, its distance from 1 is made of the others: taken from itself, it would be
 * lost. Parameters: 0 C, 1 logits, 2 targets, 3 y.
 */
export function crossEntropy(row: i32, p: usize): void {
  const bytes = (<usize>at(p, 0)) << 2;
  const logits = <usize>at(p, 1) + <usize>row * bytes;
  const target = (<usize>at(<usize>at(p, 2), row)) << 2;
  const top = largest(logits, bytes);
  const away = <f64>load<f32>(logits + target) - <f64>top;
  const others = sumOfOthers(logits, bytes, target, top);
  const loss = logarithmOf1And(others + (away === 0 ? 0 : exponentialOf(away) - 1)) - away;
  store<f32>(<usize>at(p, 3) + ((<usize>row) << 2), <f32>loss);
}

/** d logits (+)= (softmax - chosen) dy. Then 3 dy, 4 d logits, 5 1 where they are added to. */
export function crossEntropyGradient(row: i32, p: usize): void {
  const bytes = (<usize>at(p, 0)) << 2;
  const logits = <usize>at(p, 1) + <usize>row * bytes;
  const to = <usize>at(p, 4) + <usize>row * bytes;
  const target = (<usize>at(<usize>at(p, 2), row)) << 2;
  const top = largest(logits, bytes);
  const others = sumOfOthers(logits, bytes, target, top);
  const total = others + exponentialOf(<f64>load<f32>(logits + target) - <f64>top);
  const dy = <f64>load<f32>(<usize>at(p, 3) + ((<usize>row) << 2));
  const share = splat(<f32>(dy / total));
  const more = at(p, 5) !== 0;
  const before: f32 = more ? load<f32>(to + target) : 0;
  for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
    const four = bytes - c >= 16;
    const value = f32x4.mul(exponential(f32x4.sub(read(logits + c, four), splat(top))), share);
    write(to + c, more ? f32x4.add(read(to + c, four), value) : value, four);
  }
  store<f32>(to + target, before - <f32>((dy * others) / total));
}

/** 1 where the target's logit is larger than all others. Parameters: 0 C, 1 logits, 2 targets, 3 y. */
export function isLargest(row: i32, p: usize): void {
  const channels = at(p, 0);
  const logits = <usize>at(p, 1) + ((<usize>(row * channels)) << 2);
  const target = at(<usize>at(p, 2), row);
  const value = load<f32>(logits + ((<usize>target) << 2));
  let wins: f32 = 1;
  for (let c = 0; c < channels; c++) if (c !== target && !(load<f32>(logits + ((<usize>c) << 2)) < value)) wins = 0;
  store<f32>(<usize>at(p, 3) + ((<usize>row) << 2), wins);
}

/** The column of the semi-hard negative (graph/tensor.ts). Parameters: 0 C, 1 similarities, 2 positives, 3 window, 4 y. */
export function semiHard(row: i32, p: usize): void {
  const channels = at(p, 0);
  const similarities = <usize>at(p, 1) + ((<usize>(row * channels)) << 2);
  const positive = load<f32>(<usize>at(p, 2) + ((<usize>row) << 2));
  let inside = -1;
  let all = 0;
  for (let c = 0; c < channels; c++) {
    const value = load<f32>(similarities + ((<usize>c) << 2));
    if (value > load<f32>(similarities + ((<usize>all) << 2))) all = c;
    if (!(value < positive && value > positive - floatAt(p, 3))) continue;
    if (inside < 0 || value > load<f32>(similarities + ((<usize>inside) << 2))) inside = c;
  }
  store<i32>(<usize>at(p, 4) + ((<usize>row) << 2), inside < 0 ? all : inside);
}
