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
  /** Parts that do not learn, from below: 1 the stem, 2 the first stage as well. Their norms use the running statistics. */
  frozen?: number;
}

export const BACKBONES: Record<BackboneName, Pick<Architecture, 'block' | 'blocks'>> = {
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

/** The part that a weight belongs to, counted from below: the stem is 0, 'layer1' is 1; the head is above all. */
export function partOf(name: string): number {
  const [, stage] = /^layer(\d+)\./.exec(name) ?? [];
  if (stage) return Number(stage);
  return name.startsWith('fc.') ? Number.POSITIVE_INFINITY : 0;
}

/** Output channels of a block, as a multiple of its stage's channels. */
export const expansion = ({ block }: Pick<Architecture, 'block'>): number => (block === 'basic' ? 1 : 4);

/** Channels that stage `stage` (from 0) puts out. */
export const stageDim = (encoder: Architecture, stage: number): number =>
  encoder.width * 2 ** stage * expansion(encoder);

/** Columns of an embedding: channels of the last stage. */
export const embeddingDim = (encoder: Architecture): number => stageDim(encoder, encoder.blocks.length - 1);
