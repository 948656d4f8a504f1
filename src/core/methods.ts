import type { Diagnostic } from './columns';
import type { MethodName, RunConfig } from './config';

/** Methods that learn by giving pictures back, and so have a decoder. */
export const reconstructs = (method: MethodName): boolean => method === 'ae' || method === 'dae' || method === 'vae';

const CONTRASTIVE: readonly MethodName[] = ['moco', 'simclr'];
const COMPARING: readonly MethodName[] = [...CONTRASTIVE, 'triplet'];

/** Settings that some methods only have a use for. */
const ONLY: Partial<Record<keyof RunConfig, readonly MethodName[]>> = {
  queue: ['moco'],
  keyMomentum: ['moco'],
  symmetric: ['moco'],
  keyNorm: ['moco'],
  temperature: CONTRASTIVE,
  head: COMPARING,
  groups: COMPARING,
  decoupled: ['simclr'],
  margin: ['triplet'],
  views: COMPARING,
  neighbours: COMPARING,
  inputNoise: ['dae'],
  masked: ['dae'],
  beta: ['vae'],
  betaWarmup: ['vae'],
};

/** Whether a setting does anything under a method: what does not is neither shown nor checked. */
export const applies = (field: keyof RunConfig, method: MethodName): boolean => ONLY[field]?.includes(method) ?? true;

/** What a step of each method reports beside its loss, in the order it is shown. */
export const DIAGNOSTICS_OF: Record<MethodName, readonly Diagnostic[]> = {
  moco: ['accuracy', 'featureStd'],
  simclr: ['accuracy', 'featureStd'],
  triplet: ['accuracy', 'active', 'featureStd'],
  ae: ['error', 'featureStd'],
  dae: ['error', 'featureStd'],
  vae: ['error', 'divergence', 'units', 'beta'],
};

/** Values of the settings that belong to one method each: the same whatever the pictures. */
export const OWN_DEFAULTS: Pick<
  RunConfig,
  | 'start'
  | 'frozen'
  | 'norms'
  | 'views'
  | 'neighbours'
  | 'decoupled'
  | 'margin'
  | 'inputNoise'
  | 'masked'
  | 'beta'
  | 'betaWarmup'
> = {
  start: null,
  frozen: 0,
  norms: 'batch',
  views: 0,
  neighbours: 0,
  decoupled: false,
  margin: 0.5,
  inputNoise: 0.1,
  masked: 0.25,
  beta: 1,
  betaWarmup: 0.25,
};

/**
 * A stored run's values with those that came later: runs stored before there was a choice are MoCo's, for which the
 * other methods' settings mean nothing; and all were of full precision.
 */
export const upToDate = (config: Omit<RunConfig, 'method' | 'precision'> & Partial<RunConfig>): RunConfig => ({
  method: 'moco',
  precision: 'full',
  ...OWN_DEFAULTS,
  ...config,
});
