import type { MethodName, RunConfig } from '../../core/config';
import { architecture } from '../backbones/architecture';
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

/** The method that a config names, on the encoder that it describes, with steps of its precision. */
export function openMethod(config: RunConfig): Method {
  const method = METHODS[config.method](architecture(config, { frozen: config.frozen }), config);
  return { ...method, program: { ...method.program, precision: config.precision } };
}
