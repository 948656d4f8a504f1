import type { EncoderConfig, RecipeName } from '../core/config';
import { Draws } from '../core/random';
import type { Executor } from '../engine/executor';
import { compileFitting } from '../engine/fitting';
import { input } from '../graph/ops/leaves';
import type { Program } from '../graph/program';
import { centreCrops } from './augment/views';
import { type Architecture, architecture } from './backbones/architecture';
import type { EmbedsFrom } from './embed';
import { backboneWeights, embed } from './encoder';
import { InferenceEncoder } from './inference_encoder';
import { initialWeights } from './initial';
import type { PixelSource } from './source';
import { owned, Weights } from './weights';

/** Enough passes for the running statistics to forget where they began: 0.9^20 = 12 % is left of it. */
const PASSES = 20;
const BATCH = 64;

/** A pass in train mode that keeps nothing but the running statistics. */
export function calibrateProgram(encoder: Architecture, owner: string, side: number, batch: number): Program {
  const weights = new Weights(owner);
  embed(weights, input('pictures', [batch, side, side, 3]), encoder, { groups: 1 });
  return { name: 'calibrate', outputs: {}, updates: weights.updates() };
}

/** Fills an encoder's running statistics from centre crops drawn by the seed. No weight changes. */
export async function calibrate(
  executor: Executor,
  encoder: Architecture,
  owner: string,
  source: PixelSource,
  { side, seed }: { side: number; seed: number },
): Promise<void> {
  const programOf = (pictures: number) => calibrateProgram(encoder, owner, side, pictures);
  const { executable, batch } = await compileFitting(executor, programOf, Math.min(BATCH, source.count));
  try {
    for (let step = 0; step < PASSES; step++) {
      const rows = new Draws({ seed, purpose: 'sample', step }).permutation(source.count).subarray(0, batch);
      await executable.run({ pictures: centreCrops(await source.read(rows), source.side, batch, side) });
    }
  } finally {
    executable.dispose();
  }
}

const OWNER = 'untrained';

/**
 * The encoder as a run with this seed begins, with its running statistics filled: what training is measured against. Its
 * head has none to fill that an embedding would need, so it is left out.
 */
export async function untrainedEncoder(
  executor: Executor,
  config: EncoderConfig,
  { side, seed }: { side: number; seed: number },
  source: PixelSource,
  { owner = OWNER, recipe = 'natural' }: { owner?: string; recipe?: RecipeName } = {},
): Promise<InferenceEncoder> {
  const encoder = architecture(config);
  const variables = owned(owner, initialWeights(backboneWeights(encoder), seed));
  executor.write(variables);
  const views = { side, recipe };
  const made = new InferenceEncoder(executor, encoder, owner, Object.keys(variables), source, views);
  await calibrate(executor, encoder, owner, source, { side, seed }).catch((cause: unknown) => {
    made.dispose();
    throw cause;
  });
  return made;
}

/** The same with its embedder, for one use of both. `dispose` takes its variables away. */
export async function openUntrained(
  executor: Executor,
  config: EncoderConfig,
  { side, seed, recipe }: { side: number; seed: number; recipe?: RecipeName },
  source: PixelSource,
): Promise<EmbedsFrom & { dispose(): void }> {
  const encoder = await untrainedEncoder(executor, config, { side, seed }, source, { recipe });
  return encoder.embedding();
}
