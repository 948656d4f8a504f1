import type { Alteration } from '../../../src/core/sensitivity';
import { alteredPictures } from '../../../src/evaluate/sensitivity/lab';
import type { Logo } from '../../../src/evaluate/sensitivity/logo';
import type { PixelSource } from '../../../src/learn/source';

/** The centre crops of a source's pictures: what an encoder sees of them, as pictures of their own. */
export function croppedSource(source: PixelSource, side: number): PixelSource {
  const margin = Math.round((source.side - side) / 2);
  return {
    count: source.count,
    side,
    async read(rows) {
      const whole = await source.read(rows);
      const out = new Uint8Array(rows.length * side * side * 3);
      for (let line = 0; line < rows.length * side; line++) {
        const [picture, y] = [Math.floor(line / side), line % side];
        const from = ((picture * source.side + margin + y) * source.side + margin) * 3;
        out.set(whole.subarray(from, from + side * 3), line * side * 3);
      }
      return out;
    },
  };
}

/** A source whose pictures are altered as they are read. */
export const alteredSource = (source: PixelSource, alteration: Alteration, logo: Logo): PixelSource => ({
  ...source,
  read: async (rows) => alteredPictures(await source.read(rows), rows, source.side, alteration, logo),
});
