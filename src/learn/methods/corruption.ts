import { Draws } from '../../core/random';
import { STD } from '../augment/views';

export interface Corruption {
  seed: number;
  side: number;
  /** Standard deviation of the noise, in units of the 0-1 range. */
  inputNoise: number;
  /** Share of the patches that are hidden. */
  masked: number;
}

/** Patches a side: an eighth of the picture is large enough to need its surroundings, small enough to be filled in. */
const PATCHES = 8;

/**
 * Corrupts normalised pictures [N, S, S, 3] for a denoising autoencoder: noise on every value and patches hidden behind
 * the mean colour (Vincent et al. 2008, section 2.3: destruction sets values to a fixed one). Drawn by seed, step and
 * picture, so that any step can be drawn again.
 */
export function corrupt(
  clean: Float32Array,
  rows: ArrayLike<number>,
  step: number,
  { seed, side, inputNoise, masked }: Corruption,
): Float32Array {
  const corrupted = new Float32Array(clean.length);
  const size = side * side * 3;
  for (let i = 0; i < rows.length; i++) {
    const draws = new Draws({ seed, purpose: 'corruption', step, image: rows[i] });
    const hidden = Array.from({ length: PATCHES * PATCHES }, () => draws.uniform() < masked);
    for (let place = 0; place < size; place++) {
      const pixel = Math.floor(place / 3);
      const patch = (x: number): number => Math.floor((x * PATCHES) / side);
      const at = patch(Math.floor(pixel / side)) * PATCHES + patch(pixel % side);
      const noise = (inputNoise / STD) * draws.normal();
      // Normalised, the mean colour is 0.
      corrupted[i * size + place] = hidden[at] ? 0 : clean[i * size + place] + noise;
    }
  }
  return corrupted;
}
