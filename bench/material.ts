import { Draws } from '../src/core/random';

/** Made-up pictures [batch, stored, stored, 3], stored at 1.25 times the side as the app does. */
export function pixelsFor({ side, batch }: { side: number; batch: number }): {
  pixels: Uint8Array<ArrayBuffer>;
  stored: number;
} {
  const stored = Math.round(1.25 * side);
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  return { stored, pixels: Uint8Array.from({ length: batch * stored * stored * 3 }, () => draws.integer(256)) };
}

export const rowNumbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/** Made-up embeddings [count, dim]. */
export const embeddingsFor = ({ count, dim }: { count: number; dim: number }): Float32Array =>
  Float32Array.from({ length: count * dim }, (_, i) => Math.sin(i * 12.9898) % 1);

/** The rows that are asked about; one query asks about the first. */
export const queriesFor = ({ count, batch }: { count: number; batch: number }): Int32Array =>
  Int32Array.from({ length: batch }, (_, i) => (i * 997) % count);
