import { HEAD_BYTES, sniff } from '../../src/images/sniff';
import type { Opened } from './opened';

/** Headers that the side is chosen by: more would only delay the first picture. */
export const SAMPLED = 64;

/** Short sides in pixels of those of the files whose header can be read. */
export async function shortSides(files: readonly Opened[]): Promise<number[]> {
  const sides = await Promise.all(
    files.map(async ({ file, bytes }) => {
      if (!file) return [];
      try {
        const { width, height } = sniff(bytes ?? new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
        return [Math.min(width, height)];
      } catch {
        return []; // Told when its turn comes.
      }
    }),
  );
  return sides.flat();
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Side of the stored squares in pixels, by the median short side of the pictures: 1.25 times the views of a ResNet
 * (32, 64 or 96 px), and 160 px, what the pretrained networks take, for pictures that have it.
 */
export const storedSideFor = (medianSide: number): number =>
  medianSide <= 40 ? 40 : medianSide <= 72 ? 80 : medianSide <= 120 ? 120 : 160;
