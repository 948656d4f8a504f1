import { count as grouped, wholePercent } from '../../core/amounts';
import type { Alteration, AlterationResult, LogoShape, SubjectReport } from '../../core/sensitivity';
import { LOGO_SHAPES } from '../../core/sensitivity';
import type { Rows } from '../rows';
import { scoreOf } from '../scores/scores';
import { ALTERATIONS, altered, placeIn } from './alterations';
import { drawLogo, type Logo } from './logo';
import { medianDistance, movement } from './movement';
import { sameLogoFirst } from './same_logo';

/** Pictures that are altered, and over which distances and deviations are taken: enough for an error of two points. */
export const TRIED = 128;
export const SET = 1024;
/** Share of the area that a logo takes which is to be found on another picture. */
const CARRIED = 0.3;

/** What is done to every tried picture, in order. */
export const LAB: readonly Alteration[] = ALTERATIONS;

/** Pictures [rows.length, side, side, 3], each altered where it always is. */
export function alteredPictures(
  pixels: Uint8Array,
  rows: ArrayLike<number>,
  side: number,
  alteration: Alteration,
  logo: Logo,
): Uint8Array {
  const size = side * side * 3;
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < rows.length; i++) {
    const picture = pixels.subarray(i * size, (i + 1) * size);
    out.set(altered(picture, side, alteration, logo, placeIn(rows[i])), i * size);
  }
  return out;
}

/** Logos by which pictures are to be found: all the bundled ones, and the user's. */
export function carriedLogos(chosen: LogoShape | Logo): Logo[] {
  const bundled = LOGO_SHAPES.map((name) => drawLogo(name));
  return typeof chosen === 'string' ? bundled : [...bundled, chosen];
}

/** Pictures [rows.length, side, side, 3] with a large logo each. */
export function carrying(
  pixels: Uint8Array,
  rows: ArrayLike<number>,
  side: number,
  logoOf: (row: number) => Logo,
): Uint8Array {
  const size = side * side * 3;
  const out = new Uint8Array(pixels.length);
  for (let i = 0; i < rows.length; i++) {
    const picture = pixels.subarray(i * size, (i + 1) * size);
    const share = { kind: 'logo', share: CARRIED } as const;
    out.set(altered(picture, side, share, logoOf(rows[i]), placeIn(rows[i])), i * size);
  }
  return out;
}

/** Embeddings of the lab: `altered` by LAB, [tried, dim] each; `carrying` logos in turn. */
export interface LabRows {
  set: Rows;
  originals: Rows;
  altered: readonly Rows[];
  carrying: Rows;
  logos: number;
}

/** What the lab says of one embedding. */
export function evaluateSensitivity({
  set,
  originals,
  altered: moved,
  carrying: carried,
  logos,
}: LabRows): Pick<SubjectReport, 'dim' | 'results' | 'sameLogo' | 'chance'> {
  const median = medianDistance(set);
  const results = moved.map((rows, i): AlterationResult => {
    const { distance, moved: share } = movement(originals, rows, { median, set });
    return { alteration: LAB[i], distance: scoreOf(distance), moved: scoreOf(share) };
  });
  const pictures = Int32Array.from({ length: carried.count }, (_, i) => i);
  const found = sameLogoFirst(carried, { pictures, logos: pictures.map((i) => i % logos) });
  return { dim: set.dim, results, sameLogo: scoreOf(found.scores), chance: found.chance };
}

/** How the numbers were taken. */
export const labWords = (set: number, tried: number, logos: number): string =>
  `${grouped(tried)} pictures were altered as the encoder sees them, each in a place of its own that stays the same. ` +
  `Distance: 1 - cosine of altered and original, mean, relative to the median of 1 - cosine between different pictures of ${grouped(set)}. ` +
  'Moved: share of the dimensions that change by more than half their standard deviation. ' +
  `Same logo first: ${logos} logos on ${wholePercent(CARRIED)} of ${grouped(tried)} pictures, one each in turn; share whose nearest other picture carries the same.`;
