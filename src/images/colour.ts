/** Planes of luma and chroma, the chromas at half the size in both directions, odd sizes rounded up. */
export interface Halved {
  y: Uint8Array;
  cb: Uint8Array;
  cr: Uint8Array;
  columns: number;
  rows: number;
}

/**
 * RGB pixels to JPEG's planes (ITU-T T.871, 7), each chroma of the mean of two by two pixels. 16 bits of fraction; the
 * results lie between 0 and 255 by themselves but for their rounding.
 */
export function toHalved(pixels: Uint8Array, { columns, rows }: Pick<Halved, 'columns' | 'rows'>): Halved {
  const [across, down] = [Math.ceil(columns / 2), Math.ceil(rows / 2)];
  const y = new Uint8Array(columns * rows);
  const cb = new Uint8ClampedArray(across * down);
  const cr = new Uint8ClampedArray(across * down);
  for (let i = 0, at = 0; i < y.length; i++, at += 3)
    y[i] = (19595 * pixels[at] + 38470 * pixels[at + 1] + 7471 * pixels[at + 2] + 32768) >> 16;
  const line = 3 * columns;
  for (let row = 0, at = 0; row < down; row++) {
    const upper = 2 * row * line;
    const lower = 2 * row + 1 < rows ? upper + line : upper;
    for (let column = 0; column < across; column++, at++) {
      const left = 6 * column;
      const right = 2 * column + 1 < columns ? left + 3 : left;
      const a = upper + left;
      const b = upper + right;
      const c = lower + left;
      const d = lower + right;
      const red = pixels[a] + pixels[b] + pixels[c] + pixels[d];
      const green = pixels[a + 1] + pixels[b + 1] + pixels[c + 1] + pixels[d + 1];
      const blue = pixels[a + 2] + pixels[b + 2] + pixels[c + 2] + pixels[d + 2];
      cb[at] = (-11058 * red - 21710 * green + 32768 * blue + 33685504) >> 18;
      cr[at] = (32768 * red - 27439 * green - 5329 * blue + 33685504) >> 18;
    }
  }
  return { y, cb: new Uint8Array(cb.buffer), cr: new Uint8Array(cr.buffer), columns, rows };
}
