import type { MethodName, RunConfig } from '../../core/config';
import { type Architecture, architecture } from '../backbones/architecture';
import { frozenWeights } from '../encoder';
import { openAutoencoder, openDenoising } from './autoencoder';
import type { Method, OpenMethod } from './method';
import { openMoco } from './moco_method';
import { openSimclr } from './simclr';
import { openTriplet } from './triplet';
import { openVae } from './vae';

const METHODS: Record<MethodName, OpenMethod> = {
  moco: openMoco,
  simclr: openSimclr,
  triplet: openTriplet,
  ae: openAutoencoder,
  dae: openDenoising,
  vae: openVae,
};

/** The encoder of a run, with what of it learns. */
export const learningEncoder = (config: RunConfig): Architecture =>
  architecture(config, { frozen: config.frozen, norms: config.norms });

/** The method that a config names, on the encoder that it describes, with steps of its precision. */
export function openMethod(config: RunConfig): Method {
  const encoder = learningEncoder(config);
  const method = METHODS[config.method](encoder, config);
  return { ...method, frozen: frozenWeights(encoder), program: { ...method.program, precision: config.precision } };
}
