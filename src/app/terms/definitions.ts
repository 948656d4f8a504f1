import type { MeasureName } from '../../core/records';

/** Words of the panels, explained where they stand. */
export const DEFINITIONS = {
  learningRate: 'How far the weights move in a step.',
  twoView:
    'Two views of each picture that no training step used: share of pictures whose one view finds the other as its nearest. Needs no labels.',
  knn: 'Share of pictures whose label is guessed right from the labels of the nearest others.',
  recall: 'Share of pictures whose nearest other picture has the same label.',
  meanPrecision:
    'mAP@R, mean average precision at R: of the R nearest pictures, where R is how many others have the same label, the share that has it too, the nearest counting most. 1 is perfect.',
  partner: 'Share of pictures whose given partner is the nearest of all others.',
  memory: 'What the variables of the run and the buffers of its recorded steps hold. The pictures are not counted.',
} as const;

/** What each measure that tells encoders apart says. */
export const MEASURE_DEFINITIONS: Readonly<Partial<Record<MeasureName, string>>> = {
  'partner R@1': DEFINITIONS.partner,
  'mAP@R': DEFINITIONS.meanPrecision,
  kNN: DEFINITIONS.knn,
  'R@1': DEFINITIONS.recall,
  'two-view R@1': DEFINITIONS.twoView,
};
