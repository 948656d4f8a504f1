import { isPretrained, networkTitle } from './pretrained';
import type { Evaluation } from './records';

/** Embeddings that need no training on these pictures, in the order they are shown. */
export const BASELINES = ['raw pixels', 'colour histogram', 'untrained encoder'] as const;

/** The id of the encoder whose embeddings were tested; null of what is made from the pixels. */
export const embeddedAs = (of: string): string | null =>
  of === 'untrained encoder' ? 'untrained' : BASELINES.some((name) => name === of) ? null : of;

/** Pretrained networks count among them, by the run under which their embeddings are stored. */
export const isBaseline = (of: string): boolean => BASELINES.some((name) => name === of) || isPretrained(of);

/** The baselines of a data set for which there is something: networks trained elsewhere that were asked for, last. */
export const baselinesOf = (evaluations: readonly Pick<Evaluation, 'of'>[]): string[] => [
  ...BASELINES,
  ...evaluations.map(({ of }) => of).filter(isPretrained),
];

/** 'raw pixels', 'MobileNetV2, pretrained' */
export const baselineTitle = (of: string): string => (isPretrained(of) ? `${networkTitle(of)}, pretrained` : of);
