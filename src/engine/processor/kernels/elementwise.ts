import { Operations } from '../../compiled/operations';
import { exponential } from './exponential';
import { at, scratch, splat } from './vector';

/** Bytes on which all operations are done before the next: they stay in a core's first cache. */
const BLOCK: usize = 4096;
/** Words of an operation: which, y, a, b, address of its factor, which of y, a, b lie in a thread's scratch (1, 2, 4). */
const WORDS = 6;

function calculate(operation: i32, a: v128, b: v128, factor: v128): v128 {
  if (operation === Operations.addScaled) return f32x4.add(a, f32x4.mul(factor, b));
  if (operation === Operations.add) return f32x4.add(a, b);
  if (operation === Operations.blend) return f32x4.add(f32x4.mul(a, f32x4.sub(splat(1), factor)), f32x4.mul(b, factor));
  if (operation === Operations.scale) return f32x4.mul(a, factor);
  if (operation === Operations.multiply) return f32x4.mul(a, b);
  if (operation === Operations.relu) return f32x4.max(a, splat(0));
  if (operation === Operations.relu6) return f32x4.min(f32x4.max(a, splat(0)), splat(6));
  if (operation === Operations.exponential) return exponential(a);
  if (operation === Operations.behindRelu) return v128.and(a, f32x4.gt(b, splat(0)));
  if (operation === Operations.behindRelu6) return v128.and(a, v128.and(f32x4.gt(b, splat(0)), f32x4.lt(b, splat(6))));
  return operation === Operations.fill ? factor : a;
}

/**
 * Several operations in a row on the same elements. Lengths count in whole vectors: tensors end in room for one.
 * Parameters: 0 bytes, 1 bytes a task, 2 operations, then the operations.
 */
export function elementwise(task: i32, p: usize): void {
  const each = <usize>at(p, 1);
  const begin = <usize>task * each;
  const end = min(<usize>at(p, 0), begin + each);
  const count = at(p, 2);
  for (let first = begin; first < end; first += BLOCK) {
    const length = min(BLOCK, end - first);
    for (let i = 0; i < count; i++) {
      const words = p + 12 + ((<usize>(i * WORDS)) << 2);
      const operation = at(words, 0);
      const inScratch = at(words, 5);
      const y = <usize>at(words, 1) + (inScratch & 1 ? scratch : first);
      const a = <usize>at(words, 2) + (inScratch & 2 ? scratch : first);
      const b = <usize>at(words, 3) + (inScratch & 4 ? scratch : first);
      const factor = v128.load32_splat(<usize>at(words, 4));
      for (let k: usize = 0; k < length; k += 16)
        v128.store(y + k, calculate(operation, v128.load(a + k), v128.load(b + k), factor));
    }
  }
}
