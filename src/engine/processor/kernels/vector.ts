// Written in AssemblyScript, as all files of this folder: bin/vite/kernels.ts compiles them.

/** What a thread works in: every thread has an instance of its own, and so a place of its own. */
export let scratch: usize = 0;
export function workIn(address: usize): void {
  scratch = address;
}

/** a b + c, rounded once where the build has relaxed SIMD and the processor an instruction for it. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Number i of a list of 32-bit integers. */
export function at(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

/** Number i of the same list, where it is a floating one. */
export function floatAt(list: usize, i: i32): f32 {
  return load<f32>(list + ((<usize>i) << 2));
}

/** The same value in all four places. */
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** Four floats, or one and three zeros: how the channels that are left over pass as vectors. */
export function read(address: usize, four: bool): v128 {
  return four ? v128.load(address) : v128.load32_zero(address);
}

/** Stores four floats, or the first of them. */
export function write(address: usize, value: v128, four: bool): void {
  if (four) v128.store(address, value);
  else store<f32>(address, f32x4.extract_lane(value, 0));
}
