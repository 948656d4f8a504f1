import { at } from './vector';

// Rows of channels [groups, R, C]. A task is a band of a group's rows; a group has `bands` of them.

/** Rows whose sums are single precision; those of the blocks are added up in double. */
export const BLOCK: usize = 16;

/** Where a band lies, in the parameters of all kernels below: 0 R, 1 C, 2 rows a band, 3 bands a group. */
export function groupOf(task: i32, p: usize): i32 {
  return task / at(p, 3);
}
export function firstRowOf(task: i32, p: usize): i32 {
  return groupOf(task, p) * at(p, 0) + (task % at(p, 3)) * at(p, 2);
}
export function rowsOf(task: i32, p: usize): i32 {
  return min(at(p, 2), at(p, 0) - (task % at(p, 3)) * at(p, 2));
}

/** Adds four sums to double ones, or one. */
export function addTo(total: usize, sum: v128, four: bool): void {
  if (!four) {
    store<f64>(total, load<f64>(total) + <f64>f32x4.extract_lane(sum, 0));
    return;
  }
  v128.store(total, f64x2.add(v128.load(total), f64x2.promote_low_f32x4(sum)));
  const high = v128.shuffle<f64>(sum, sum, 1, 1);
  v128.store(total, f64x2.add(v128.load(total, 16), f64x2.promote_low_f32x4(high)), 16);
}

export function accumulate(to: usize, value: f32, more: bool): void {
  store<f32>(to, more ? load<f32>(to) + value : value);
}
