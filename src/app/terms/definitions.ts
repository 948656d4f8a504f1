/** Words of the panels, explained where they stand. */
export const DEFINITIONS = {
  learningRate: 'How far the weights move in a step.',
  memory: 'What the variables of the run and the buffers of its recorded steps hold. The pictures are not counted.',
} as const;
