/** Words of the panels, explained where they stand. */
export const DEFINITIONS = {
  learningRate: 'How far the weights move in a step.',
  twoView:
    'Two views of each picture that no training step used: share of pictures whose one view finds the other as its nearest. Needs no labels.',
  knn: 'Share of pictures whose label is guessed right from the labels of the nearest others.',
  recall: 'Share of pictures whose nearest other picture has the same label.',
} as const;
