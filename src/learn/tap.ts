import { type Pooling, stageOf, type Tap } from '../core/representation';
import { mul } from '../graph/ops/arithmetic';
import { maxPool, meanPool } from '../graph/ops/convolution';
import { reshape } from '../graph/ops/rows';
import { demand, type Tensor } from '../graph/tensor';
import { type Architecture, embeddingDim } from './backbones/architecture';
import { embed, hidden, project, runStages } from './encoder';
import type { Weights } from './weights';

/** Maps [N, H, W, C] -> [N, C]. GeM comes out as the mean of cubes: `finishTap` takes the root. */
function pool(map: Tensor, pooling: Pooling): Tensor {
  const [n, height, width, channels] = map.shape;
  switch (pooling) {
    case 'mean':
      return meanPool(map);
    case 'max': {
      demand(height === width, 'pool', `a map of ${height} x ${width} is not square`);
      return reshape(maxPool(map, { size: height, stride: height, padding: 0 }), [n, channels]);
    }
    case 'gem':
      return meanPool(mul(map, mul(map, map)));
  }
}

/** Pictures [N, S, S, 3] -> a stage's map [N, H, W, C] by running statistics. `stage`: 0 is the first. */
export function stageMap(weights: Weights, pictures: Tensor, encoder: Architecture, stage: number): Tensor {
  const { length } = encoder.backbone.stages;
  demand(stage >= 0 && stage < length, 'stageMap', `stage ${stage} of ${length}`);
  return runStages(weights, pictures, encoder, 'frozen', [0, stage + 1]);
}

/** Pictures [N, S, S, 3] -> the numbers of a layer, [N, D]. */
export function tapped(weights: Weights, pictures: Tensor, encoder: Architecture, { layer, pooling }: Tap): Tensor {
  const stage = stageOf(layer);
  if (stage !== null) return pool(stageMap(weights, pictures, encoder, stage), pooling);
  const embedding = embed(weights, pictures, encoder, 'frozen');
  if (layer === 'projection') return project(weights, embedding, encoder, 'frozen');
  const found = hidden(weights, embedding, encoder, 'frozen');
  demand(found !== null, 'tapped', `a ${encoder.head} head has no hidden layer`);
  return found;
}

/** Columns of a layer. */
export function tapDim(encoder: Architecture, { layer }: Tap): number {
  const stage = stageOf(layer);
  if (stage !== null) return encoder.backbone.stages[stage].dim;
  return layer === 'hidden' ? embeddingDim(encoder) : encoder.dim;
}

/** What is left to do on the host: GeM's root, in place. */
export function finishTap({ layer, pooling }: Tap, values: Float32Array): Float32Array {
  if (stageOf(layer) === null || pooling !== 'gem') return values;
  for (let i = 0; i < values.length; i++) values[i] = Math.cbrt(values[i]);
  return values;
}
