// The tables that ITU T.81 gives in its annex K, which most JPEGs use.

/** Order of a block's coefficients in the file: from low frequencies to high. */
export const ZIGZAG = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/** Quantisation at quality 50, row by row (tables K.1 and K.2). */
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMA = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99];

/** Quantisation at a quality from 1 to 100, scaled as the Independent JPEG Group does. */
export function quantisation(quality: number): { luma: Uint8Array; chroma: Uint8Array } {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const scaled = (value: number): number => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100)));
  const chroma = (i: number): number => (i >> 3 < 4 && (i & 7) < 4 ? CHROMA[(i >> 3) * 4 + (i & 7)] : 99);
  return {
    luma: Uint8Array.from(LUMA, scaled),
    chroma: Uint8Array.from({ length: 64 }, (_, i) => scaled(chroma(i))),
  };
}

/** A Huffman table: how many codes there are of 1 to 16 bits, and the symbols in the order of their codes. */
export interface Huffman {
  counts: number[];
  symbols: number[];
  /** By symbol: the code, and its length in bits. */
  codes: Uint16Array;
  lengths: Uint8Array;
}

function huffman(counts: number[], symbols: number[]): Huffman {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let next = 0;
  counts.forEach((count, i) => {
    for (let k = 0; k < count; k++) {
      codes[symbols[next]] = code++;
      lengths[symbols[next++]] = i + 1;
    }
    code <<= 1;
  });
  return { counts, symbols, codes, lengths };
}

const hex = (text: string): number[] => text.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Symbols whose run (high half) and size (low half) both only rise: the long codes at the end of the AC tables. */
const rising = (...rows: [number, number][]): number[] => rows.flatMap(([from, to]) => range(from, to));

const AC_LUMA = [
  ...hex('01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a'),
  ...rising([0x34, 0x3a], [0x43, 0x4a], [0x53, 0x5a], [0x63, 0x6a], [0x73, 0x7a], [0x83, 0x8a], [0x92, 0x9a]),
  ...rising([0xa2, 0xaa], [0xb2, 0xba], [0xc2, 0xca], [0xd2, 0xda], [0xe1, 0xea], [0xf1, 0xfa]),
];
const AC_CHROMA = [
  ...hex('000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a'),
  ...rising([0x35, 0x3a], [0x43, 0x4a], [0x53, 0x5a], [0x63, 0x6a], [0x73, 0x7a], [0x82, 0x8a], [0x92, 0x9a]),
  ...rising([0xa2, 0xaa], [0xb2, 0xba], [0xc2, 0xca], [0xd2, 0xda], [0xe2, 0xea], [0xf2, 0xfa]),
];

export const HUFFMAN = {
  luma: {
    dc: huffman([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], range(0, 11)),
    ac: huffman([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], AC_LUMA),
  },
  chroma: {
    dc: huffman([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], range(0, 11)),
    ac: huffman([0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119], AC_CHROMA),
  },
};
