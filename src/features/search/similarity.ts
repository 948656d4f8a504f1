/** From this similarity upwards, in plain words. The similarity is a cosine: 1 is the same direction. */
const WORDS: readonly (readonly [number, string])[] = [
  [0.95, 'nearly the same'],
  [0.6, 'very similar'],
  [0.3, 'similar'],
  [0.1, 'somewhat similar'],
];

export const similarityWords = (similarity: number): string =>
  WORDS.find(([least]) => similarity >= least)?.[1] ?? 'hardly similar';
