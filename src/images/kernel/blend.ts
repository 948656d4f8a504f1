import type { WasmFunction } from '../../core/assemble';
import { SHIFT } from './taps';

// The two inner loops of resizing: weighted sums of bytes with 14-bit weights, rounded and clamped to bytes. In SIMD
// they are some 15 times as fast as in JavaScript, which decides how fast pictures are imported.

const HALF = 1 << (SHIFT - 1);

/**
 * For each of `rows` output rows: dst[0 .. 8 count) = sum over 2 * pairs rows, `stride` bytes apart, of weight x row,
 * from src + its entry in `offsets` on. Weights: pairs of i16.
 */
export const blendRows: WasmFunction = {
  name: 'blendRows',
  params: ['src', 'stride', 'offsets', 'weights', 'pairs', 'dst', 'dstStride', 'count', 'rows'],
  locals: {
    from: 'i32',
    to: 'i32',
    n: 'i32',
    p: 'i32',
    w: 'i32',
    k: 'i32',
    a: 'v128',
    b: 'v128',
    pair: 'v128',
    low: 'v128',
    high: 'v128',
  },
  body: `
    loop ;; a row of the output
      local.get src local.get offsets i32.load i32.add local.set from
      local.get dst local.set to
      local.get count local.set n
      loop ;; eight bytes of it
        v128.const_i32x4_splat ${HALF} local.tee low local.set high
        local.get from local.set p
        local.get weights local.set w
        local.get pairs local.set k
        loop ;; two rows of the input
          local.get p v128.load8x8_u local.set a
          local.get p local.get stride i32.add local.tee p v128.load8x8_u local.set b
          local.get p local.get stride i32.add local.set p
          local.get w v128.load32_splat local.set pair
          local.get low
            local.get a local.get b i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23
            local.get pair i32x4.dot_i16x8_s i32x4.add local.set low
          local.get high
            local.get a local.get b i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31
            local.get pair i32x4.dot_i16x8_s i32x4.add local.set high
          local.get w i32.const 4 i32.add local.set w
          local.get k i32.const 1 i32.sub local.tee k
          br_if 0
        end
        local.get to
          local.get low i32.const ${SHIFT} i32x4.shr_s
          local.get high i32.const ${SHIFT} i32x4.shr_s
          i16x8.narrow_i32x4_s local.tee a
          local.get a i8x16.narrow_i16x8_u
          v128.store64_lane 0
        local.get from i32.const 8 i32.add local.set from
        local.get to i32.const 8 i32.add local.set to
        local.get n i32.const 1 i32.sub local.tee n
        br_if 0
      end
      local.get w local.set weights
      local.get offsets i32.const 4 i32.add local.set offsets
      local.get dst local.get dstStride i32.add local.set dst
      local.get rows i32.const 1 i32.sub local.tee rows
      br_if 0
    end`,
};

/** One sum of `groups` times eight bytes and their weights, in four partial sums. */
const partialSums = (name: string): string => `
        local.get src local.get f i32.load i32.add local.set p
        local.get f i32.const 4 i32.add local.set f
        local.get groups local.set k
        v128.const_i32x4_splat 0 local.set ${name}
        loop
          local.get p v128.load8x8_u
          local.get w v128.load
          i32x4.dot_i16x8_s local.get ${name} i32x4.add local.set ${name}
          local.get p i32.const 8 i32.add local.set p
          local.get w i32.const 16 i32.add local.set w
          local.get k i32.const 1 i32.sub local.tee k
          br_if 0
        end`;

/** The partial sums of two locals added in pairs: first, second, first, second. */
const paired = (a: string, b: string): string => `
        local.get ${a} local.get ${b} i8x16.shuffle 0 1 2 3 16 17 18 19 8 9 10 11 24 25 26 27
        local.get ${a} local.get ${b} i8x16.shuffle 4 5 6 7 20 21 22 23 12 13 14 15 28 29 30 31
        i32x4.add`;

/**
 * For each of `rows` rows, srcStride bytes apart: dst[x] = sum over 8 * groups bytes of the row from firsts[x] on, times
 * the x-th weights, for x in [0, 4 quads). Output rows are `columns` bytes apart, which may be less than 4 quads: what is
 * written past a row's end is written again by the next.
 */
export const blendColumns: WasmFunction = {
  name: 'blendColumns',
  params: ['src', 'srcStride', 'firsts', 'weights', 'groups', 'dst', 'quads', 'columns', 'rows'],
  locals: { f: 'i32', w: 'i32', n: 'i32', p: 'i32', k: 'i32', to: 'i32', a: 'v128', b: 'v128', c: 'v128', d: 'v128' },
  body: `
    loop ;; a row
      local.get firsts local.set f
      local.get weights local.set w
      local.get dst local.set to
      local.get quads local.set n
      loop ;; four bytes of the output
        ${['a', 'b', 'c', 'd'].map(partialSums).join('')}
        ${paired('a', 'b')} local.set a
        ${paired('c', 'd')} local.set c
        local.get to
          local.get a local.get c i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          local.get a local.get c i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
          i32x4.add
          v128.const_i32x4_splat ${HALF} i32x4.add i32.const ${SHIFT} i32x4.shr_s local.tee a
          local.get a i16x8.narrow_i32x4_s local.tee a
          local.get a i8x16.narrow_i16x8_u
          v128.store32_lane 0
        local.get to i32.const 4 i32.add local.set to
        local.get n i32.const 1 i32.sub local.tee n
        br_if 0
      end
      local.get src local.get srcStride i32.add local.set src
      local.get dst local.get columns i32.add local.set dst
      local.get rows i32.const 1 i32.sub local.tee rows
      br_if 0
    end`,
};
