import type { Encoder } from '../../core/encoders/encoder';
import { PRETRAINED, type PretrainedName, pretrainedRun } from '../../core/pretrained';
import type { WeightsFile } from '../../core/records';

/** What a run that begins from this encoder is given: a network that comes with the page, or a kept file of weights. */
export const startOf = ({ id }: Encoder, weights: readonly WeightsFile[]): PretrainedName | WeightsFile | null =>
  PRETRAINED.find(({ name }) => pretrainedRun(name) === id)?.name ??
  weights.find(({ name }) => pretrainedRun(name) === id) ??
  null;
