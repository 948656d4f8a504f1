import type { WasmFunction } from '../../core/assemble';

// The forward cosine transform of blocks of 8 x 8 and their quantisation, in SIMD: four columns at a time. After Arai,
// Agui & Nakajima 1988, with five multiplications a line; the scale factors that it leaves are part of the quantisation.

const HALVES = ['l', 'h'] as const;
const eight = Array.from({ length: 8 }, (_, i) => i);
/** What the loop reads at `constants`, as f32. */
export const CONSTANTS = { root: Math.SQRT1_2, z5: 0.3826834323650898, z2: 0.541196100146197, z4: 1.3065629648763766 };
const TEMPORARY = ['outer', 'inner', 'second', 'third', 'd07', 'd16', 'd25', 'd34', 'e0', 'e1', 'e3', 'o0', 'o1', 'o2'];
const operations = { '+': 'add', '-': 'sub', '*': 'mul' } as const;

/** `to = a + b` and its like, on four numbers at once. */
const set = (text: string): string => {
  const [to, , a, operation, b] = text.split(' ');
  return `local.get ${a} local.get ${b} f32x4.${operations[operation as keyof typeof operations]} local.set ${to}`;
};

/** Transforms the eight numbers in each lane of eight locals. */
const line = (d: readonly string[]): string =>
  [
    // Sums and differences of what lies opposite.
    ...[
      `outer = ${d[0]} + ${d[7]}`,
      `d07 = ${d[0]} - ${d[7]}`,
      `second = ${d[1]} + ${d[6]}`,
      `d16 = ${d[1]} - ${d[6]}`,
    ],
    ...[`third = ${d[2]} + ${d[5]}`, `d25 = ${d[2]} - ${d[5]}`, `inner = ${d[3]} + ${d[4]}`, `d34 = ${d[3]} - ${d[4]}`],
    // Even part.
    ...['e0 = outer + inner', 'e3 = outer - inner', 'e1 = second + third', 'second = second - third'],
    ...[`${d[0]} = e0 + e1`, `${d[4]} = e0 - e1`, 'second = second + e3', 'second = second * root'],
    ...[`${d[2]} = e3 + second`, `${d[6]} = e3 - second`],
    // Odd part.
    ...['o0 = d34 + d25', 'o1 = d25 + d16', 'o2 = d16 + d07', 'outer = o0 - o2', 'outer = outer * z5'],
    ...['o0 = o0 * z2', 'o0 = o0 + outer', 'o2 = o2 * z4', 'o2 = o2 + outer', 'o1 = o1 * root'],
    ...['inner = d07 + o1', 'third = d07 - o1', `${d[5]} = third + o0`, `${d[3]} = third - o0`],
    ...[`${d[1]} = inner + o2`, `${d[7]} = inner - o2`],
  ]
    .map(set)
    .join('\n');

/** Exchanges rows and columns of four locals. */
function transpose([a, b, c, d]: readonly string[]): string {
  const low = 'i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23';
  const high = 'i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31';
  const first = 'i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23';
  const last = 'i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31';
  const mix = (x: string, y: string, how: string, to: string) => `local.get ${x} local.get ${y} ${how} local.set ${to}`;
  return [
    ...[mix(a, b, low, 'e0'), mix(a, b, high, 'e1'), mix(c, d, low, 'e3'), mix(c, d, high, 'o0')],
    ...[mix('e0', 'e3', first, a), mix('e0', 'e3', last, b), mix('e1', 'o0', first, c), mix('e1', 'o0', last, d)],
  ].join('\n');
}

const names = (half: string, from = 0, to = 8): string[] => eight.slice(from, to).map((i) => `${half}${i}`);
/** After transposing the quarters, the left columns are these locals from top to bottom, and the right ones those. */
const LEFT = [...names('l', 0, 4), ...names('h', 0, 4)];
const RIGHT = [...names('l', 4), ...names('h', 4)];

/**
 * For `down` rows of `across` blocks of a plane: 64 whole coefficients a block to dst, column by column, each multiplied
 * with its factor and rounded. A byte a column to `present`, whose bits say which of the column's coefficients are not 0.
 */
export const transformBlocks: WasmFunction = {
  name: 'transformBlocks',
  params: ['src', 'stride', 'factors', 'dst', 'present', 'across', 'down', 'constants'],
  locals: {
    ...Object.fromEntries(['p', 'from', 'n'].map((name) => [name, 'i32' as const])),
    ...Object.fromEntries(
      [...names('l'), ...names('h'), ...TEMPORARY, ...Object.keys(CONSTANTS)].map((name) => [name, 'v128' as const]),
    ),
  },
  body: `
    ${Object.keys(CONSTANTS)
      .map((name, i) => `local.get constants i32.const ${4 * i} i32.add v128.load32_splat local.set ${name}`)
      .join('\n')}
    loop ;; a row of blocks
      local.get src local.set from
      local.get across local.set n
      loop ;; a block
        local.get from local.set p
        ${eight
          .map(
            (i) => `
          local.get p v128.load8x8_u v128.const_i32x4_splat ${(128 << 16) | 128} i16x8.sub local.tee h${i}
            i32x4.extend_low_i16x8_s f32x4.convert_i32x4_s local.set l${i}
          local.get h${i} i32x4.extend_high_i16x8_s f32x4.convert_i32x4_s local.set h${i}
          local.get p local.get stride i32.add local.set p`,
          )
          .join('')}
        ${HALVES.map((half) => line(names(half))).join('\n')}
        ${HALVES.map((half) => transpose(names(half, 0, 4)) + transpose(names(half, 4)).replace(/^/, '\n')).join('\n')}
        ${line(LEFT)}
        ${line(RIGHT)}
        ${eight
          .map(
            (i) => `
          local.get dst i32.const ${16 * i} i32.add
            local.get ${LEFT[i]} local.get factors i32.const ${32 * i} i32.add v128.load f32x4.mul
              f32x4.nearest i32x4.trunc_sat_f32x4_s
            local.get ${RIGHT[i]} local.get factors i32.const ${32 * i + 16} i32.add v128.load f32x4.mul
              f32x4.nearest i32x4.trunc_sat_f32x4_s
            i16x8.narrow_i32x4_s local.tee e0 v128.store
          local.get present i32.const ${i} i32.add
            local.get e0 v128.const_i32x4_splat 0 i16x8.ne i16x8.bitmask i32.store8`,
          )
          .join('')}
        local.get dst i32.const 128 i32.add local.set dst
        local.get present i32.const 8 i32.add local.set present
        local.get from i32.const 8 i32.add local.set from
        local.get n i32.const 1 i32.sub local.tee n
        br_if 0
      end
      local.get src local.get stride i32.const 3 i32.shl i32.add local.set src
      local.get down i32.const 1 i32.sub local.tee down
      br_if 0
    end`,
};
