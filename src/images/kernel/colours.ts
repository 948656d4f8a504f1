import type { WasmFunction } from '../../core/assemble';

/** Coefficients are whole numbers of 2^-13: two for blue in limited range still fits 16 bits. */
const SHIFT = 13;

/** i32 numbers of a table for `colours`: pairs of i16 for (luma, red chroma) and so on, and what is added at the end. */
export type ColourTable = Int32Array;

const pair = (first: number, second: number): number => (first & 0xffff) | (second << 16);

/** ITU-R BT.601 from luma and chroma as they are stored: offsets are part of what is added. */
export function colourTable(range: 'full' | 'limited'): ColourTable {
  const [luma, chroma, black] = range === 'full' ? [1, 1, 0] : [255 / 219, 255 / 224, 16];
  const whole = (value: number): number => Math.round(value * (1 << SHIFT));
  const gain = whole(luma);
  const [red, blue] = [whole(1.402 * chroma), whole(1.772 * chroma)];
  const [greenBlue, greenRed] = [whole(-0.344136 * chroma), whole(-0.714136 * chroma)];
  const added = (...chromas: number[]): number =>
    (1 << (SHIFT - 1)) - black * gain - 128 * chromas.reduce((sum, value) => sum + value, 0);
  return Int32Array.of(
    pair(gain, red),
    added(red),
    pair(gain, greenBlue),
    pair(0, greenRed),
    added(greenBlue, greenRed),
    pair(gain, blue),
    added(blue),
  );
}

const LOW = 'i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23';
const HIGH = 'i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31';
const constants = ['redPair', 'redAdd', 'greenBlue', 'greenRed', 'greenAdd', 'bluePair', 'blueAdd'];

/** Eight sums of luma and one chroma, or with `second` of another one too, as eight i16. */
const channel = (chroma: string, weights: string, add: string, second = ''): string => `
      local.get y local.get ${chroma} ${LOW} local.get ${weights} i32x4.dot_i16x8_s local.get ${add} i32x4.add
      ${second && `local.get y local.get v ${LOW} local.get ${second} i32x4.dot_i16x8_s i32x4.add`}
      i32.const ${SHIFT} i32x4.shr_s
      local.get y local.get ${chroma} ${HIGH} local.get ${weights} i32x4.dot_i16x8_s local.get ${add} i32x4.add
      ${second && `local.get y local.get v ${HIGH} local.get ${second} i32x4.dot_i16x8_s i32x4.add`}
      i32.const ${SHIFT} i32x4.shr_s
      i16x8.narrow_i32x4_s`;

/** Planes of luma and the two chromas to RGB pixels, eight at a time, `count` times. */
export const colours: WasmFunction = {
  name: 'colours',
  params: ['luma', 'chromaBlue', 'chromaRed', 'table', 'dst', 'count'],
  locals: {
    ...Object.fromEntries(constants.map((name) => [name, 'v128' as const])),
    y: 'v128',
    u: 'v128',
    v: 'v128',
    redGreen: 'v128',
    blue: 'v128',
  },
  body: `
    ${constants.map((name, i) => `local.get table i32.const ${4 * i} i32.add v128.load32_splat local.set ${name}`).join('\n')}
    loop
      local.get luma v128.load8x8_u local.set y
      local.get chromaBlue v128.load8x8_u local.set u
      local.get chromaRed v128.load8x8_u local.set v
      ${channel('v', 'redPair', 'redAdd')}
      ${channel('u', 'greenBlue', 'greenAdd', 'greenRed')}
      i8x16.narrow_i16x8_u local.set redGreen
      ${channel('u', 'bluePair', 'blueAdd')}
      local.tee blue local.get blue i8x16.narrow_i16x8_u local.set blue
      ;; red is bytes 0 to 7, green 8 to 15, blue 16 to 23: three bytes a pixel
      local.get dst
        local.get redGreen local.get blue i8x16.shuffle 0 8 16 1 9 17 2 10 18 3 11 19 4 12 20 5
        v128.store
      local.get dst i32.const 16 i32.add
        local.get redGreen local.get blue i8x16.shuffle 13 21 6 14 22 7 15 23 0 0 0 0 0 0 0 0
        v128.store64_lane 0
      local.get luma i32.const 8 i32.add local.set luma
      local.get chromaBlue i32.const 8 i32.add local.set chromaBlue
      local.get chromaRed i32.const 8 i32.add local.set chromaRed
      local.get dst i32.const 24 i32.add local.set dst
      local.get count i32.const 1 i32.sub local.tee count
      br_if 0
    end`,
};
