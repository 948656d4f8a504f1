import type { BackboneName, EncoderConfig, Head, Stem } from '../../core/config';

/** An encoder in full. A run's come from `architecture`; reference fixtures have lists and widths of their own. */
export interface Architecture {
  block: 'basic' | 'bottleneck';
  /** Blocks of each stage. */
  blocks: readonly number[];
  /** Channels of the first stage; each later stage doubles them, and a bottleneck puts out four times as many. */
  width: number;
  stem: Stem;
  head: Head;
  /** Columns of a projection. */
  dim: number;
}

const BACKBONES: Record<BackboneName, Pick<Architecture, 'block' | 'blocks'>> = {
  resnet8: { block: 'basic', blocks: [1, 1, 1] },
  resnet18: { block: 'basic', blocks: [2, 2, 2, 2] },
  resnet34: { block: 'basic', blocks: [3, 4, 6, 3] },
  resnet50: { block: 'bottleneck', blocks: [3, 4, 6, 3] },
};

export const architecture = ({ backbone, width, stem, head, dim }: EncoderConfig): Architecture => ({
  ...BACKBONES[backbone],
  width,
  stem,
  head,
  dim,
});

/** Output channels of a block, as a multiple of its stage's channels. */
export const expansion = ({ block }: Pick<Architecture, 'block'>): number => (block === 'basic' ? 1 : 4);

/** Channels that stage `stage` (from 0) puts out. */
export const stageDim = (encoder: Architecture, stage: number): number =>
  encoder.width * 2 ** stage * expansion(encoder);

/** Columns of an embedding: channels of the last stage. */
export const embeddingDim = (encoder: Architecture): number => stageDim(encoder, encoder.blocks.length - 1);
