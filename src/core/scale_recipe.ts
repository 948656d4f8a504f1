import type { MethodName, RunConfig } from './config';

// A run that goes on elsewhere: recipe.json, which scale/train.py reads exactly as it is (scale/recipe.py lists its fields).

/** Raised when a field is added, removed or means something else. */
const VERSION = 1;

type Taken = Omit<
  RunConfig,
  | ('preset' | 'method' | 'steps' | 'start' | 'recipe')
  | ('margin' | 'inputNoise' | 'masked' | 'beta' | 'betaWarmup' | 'views' | 'neighbours' | 'precision')
>;

export interface ScaleRecipe extends Taken {
  recipe: typeof VERSION;
  method: 'moco' | 'simclr';
  steps: number;
  /** What it begins with: a file beside the recipe, whose encoder it is, and the steps behind it. Null: random weights. */
  start: { weights: string; name: string; step: number } | null;
  /** What the page did for this run and train.py does not. */
  leftOut: string[];
}

/** Whether train.py has a method: those that compare two views, but for the triplet loss. */
export const scalesUp = (method: MethodName): method is ScaleRecipe['method'] =>
  method === 'moco' || method === 'simclr';

/** A run as recipe.json describes it, its steps to be made again from its weights; null for methods that train.py has not. */
export function scaleRecipe(config: RunConfig, start: NonNullable<ScaleRecipe['start']>): ScaleRecipe | null {
  const { preset, method, steps, start: _, recipe, margin, inputNoise, masked, beta, betaWarmup, ...rest } = config;
  const { views, neighbours, precision, ...taken } = rest;
  if (!scalesUp(method)) return null;
  const leftOut = [
    ...(views > 0 ? [`${views} kept views of each picture: every step draws fresh ones`] : []),
    ...(neighbours > 0 ? [`${neighbours} nearest pictures as positives: a picture's own views alone are`] : []),
  ];
  return { recipe: VERSION, start, leftOut, ...taken, method, steps: steps ?? Math.max(1, start.step) };
}
