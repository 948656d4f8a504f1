import type { EncoderConfig, Head } from '../../core/config';
import type { Backbone } from './backbone';
import type { NormMode } from './layers';
import { BACKBONES } from './registry';

/** An encoder in full: a run's come from `architecture`; reference fixtures have backbones of their own. */
export interface Architecture {
  backbone: Backbone;
  head: Head;
  /** Columns of a projection. */
  dim: number;
  /** Stages that do not learn, from below: 1 the first, 2 the second as well. Their norms use the running statistics. */
  frozen?: number;
  /** 'running': every norm of the backbone uses its running statistics, in training too, as a pretrained start asks for. */
  norms?: 'batch' | 'running';
}

export const architecture = (
  { backbone, head, dim, ...shape }: EncoderConfig,
  learning: Pick<Architecture, 'frozen' | 'norms'> = {},
): Architecture => ({ backbone: BACKBONES[backbone](shape), head, dim, ...learning });

/** How the norms of a stage run while the encoder runs in `mode`. */
export const normMode = ({ frozen = 0, norms }: Architecture, stage: number, mode: NormMode): NormMode =>
  stage < frozen || norms === 'running' ? 'frozen' : mode;

/** Columns of an embedding: channels of the last stage. */
export const embeddingDim = ({ backbone: { stages } }: Pick<Architecture, 'backbone'>): number =>
  stages[stages.length - 1].dim;
