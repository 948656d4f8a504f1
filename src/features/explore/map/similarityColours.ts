import type { PointColours } from './pointColours';

/** From what is hardly similar to what is most. */
const SCALE = ['#8d9794', '#76b7b2', '#edc948', '#f28e2b', '#e15759'];

/** From here on a picture is the one that is searched for. */
const SAME = 0.999;

/** A colour by similarity [count]: the half that is least similar has the first, the most similar of 200 the last. */
export function similarityColours(scores: Float32Array): PointColours {
  const sorted = scores.filter((score) => score < SAME).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [low, high] = [at(0.5), at(0.995)];
  const step = (score: number): number =>
    Math.min(SCALE.length - 1, Math.max(0, Math.floor(((score - low) / Math.max(1e-6, high - low)) * SCALE.length)));
  return {
    of: (row) => SCALE[step(scores[row] ?? low)],
    legend: [
      { name: 'Less similar', colour: SCALE[0] },
      { name: 'Most similar', colour: SCALE[SCALE.length - 1] },
    ],
  };
}
