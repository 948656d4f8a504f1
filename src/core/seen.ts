import { isResnet, type RunConfig } from './config';

/**
 * Pixels of a side at which whole pictures are given to these networks, a compromise of quality and time: on 220
 * photographs at 96, 160 and 224 px, recall@1 is .42, .46, .57 for MobileNetV2 and .59, .62, .65 for InceptionV3, whose
 * time quadruples between the first two.
 */
const WHOLE_SIDE = 160;
/**
 * The same for small pictures, which are enlarged. Refined, by that side: of 5,000 digits of 20 px mAP@R is .412 at 64 px and
 * .465 at 96; of 130 pairs of emoji of 64 px .958, .966 and .946 of the partners are found at 80, 100 and 160 px. Drawn
 * shirts of 96 px are worth the whole side: R@1 by texture .78 at 120 px, .89 at 160.
 */
const SMALL_WHOLE_SIDE = 100;

export const wholeSide = (storedSide: number): number => (storedSide <= 80 ? SMALL_WHOLE_SIDE : WHOLE_SIDE);

/** What an encoder sees of a picture: the crop of a square of `margin` times that side; or, by these networks, all of it. */
export const seenBy = ({ backbone, side }: Pick<RunConfig, 'backbone' | 'side'>): { side: number; margin: number } =>
  isResnet(backbone) ? { side, margin: 1.25 } : { side: Math.round(1.25 * side), margin: 1 };
