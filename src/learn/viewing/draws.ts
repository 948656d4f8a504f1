import type { RunConfig } from '../../core/config';
import { Draws } from '../../core/random';
import type { ViewKey } from '../augment/views';
import type { Method, StepDraw } from '../methods/method';
import { drawOthers, excludedBy, type MutualNeighbours } from '../neighbours';
import { batchRows } from '../sampler';
import type { PixelSource } from '../source';

/** Everything random about step `step` (from 0) but its views. Pure in the seed and the step: drawn again, it is the same. */
export function drawStep(
  { seed, batch }: RunConfig,
  { count, drawn }: Pick<PixelSource, 'count' | 'drawn'>,
  step: number,
  neighbours: MutualNeighbours | null = null,
): StepDraw {
  const order = new Draws({ seed, purpose: 'shuffle', step }).permutation(batch);
  const places = batchRows(seed, drawn?.length ?? count, batch, step);
  const rows = drawn ? places.map((place) => drawn[place]) : places;
  if (!neighbours) return { step, rows, others: rows, order };
  const others = drawOthers(neighbours, rows, seed, step);
  return { step, rows, others, excluded: [excludedBy(neighbours, rows), excludedBy(neighbours, others)], order };
}

/** Views that a step takes of each picture. */
export const viewCount = ({ views }: Pick<Method, 'views'>): number => 1 + Math.max(...Object.values(views));

/** The draws of a step's first views, and of its second ones. */
export const viewKeys = (method: Pick<Method, 'views'>, seed: number, step: number): ViewKey[] =>
  ([0, 1] as const).slice(0, viewCount(method)).map((view) => ({ seed, purpose: 'view', step, view }));
