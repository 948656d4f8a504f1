import { wholePercent } from '../../core/amounts';
import { Draws } from '../../core/random';
import type { Alteration } from '../../core/sensitivity';
import { brighten, invertPatch, type Place, pasteLogo } from './alter';
import type { Logo } from './logo';

/** Logos from 2 to 30 % of the area, one patch, brighter and darker. */
export const ALTERATIONS: readonly Alteration[] = [
  ...[0.02, 0.05, 0.1, 0.2, 0.3].map((share) => ({ kind: 'logo', share }) as const),
  { kind: 'patch', share: 0.02 },
  { kind: 'brightness', factor: 1.2 },
  { kind: 'brightness', factor: 0.8 },
];

/** An alteration in words for a table. */
export function alterationWords(alteration: Alteration): string {
  switch (alteration.kind) {
    case 'logo':
      return `logo, ${wholePercent(alteration.share)} of the area`;
    case 'patch':
      return `patch of ${wholePercent(alteration.share)} inverted`;
    case 'brightness':
      return `${wholePercent(Math.abs(alteration.factor - 1))} ${alteration.factor > 1 ? 'brighter' : 'darker'}`;
  }
}

/** Where something is put in a picture: anywhere, the same place each time, whatever is put there. */
export function placeIn(picture: number, seed = 0): Place {
  const draws = new Draws({ seed, purpose: 'sample', image: picture });
  return { x: draws.uniform(), y: draws.uniform() };
}

/** One picture [side, side, 3] altered. `logo` is what is pasted. */
export function altered(
  pixels: Uint8Array,
  side: number,
  alteration: Alteration,
  logo: Logo,
  place: Place,
): Uint8Array {
  switch (alteration.kind) {
    case 'logo':
      return pasteLogo(pixels, side, logo, alteration.share, place);
    case 'patch':
      return invertPatch(pixels, side, alteration.share, place);
    case 'brightness':
      return brighten(pixels, alteration.factor);
  }
}
