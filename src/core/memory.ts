/** The most bytes that an executor held at any time of a run. */
export interface PeakMemory {
  bytes: number;
  /** Planned: every buffer is known before it is made. Sampled: the tensors that were there after each operation of a step. */
  how: 'planned' | 'sampled';
}

/** The larger of two, where a run was trained in two parts; either may be unknown. */
export const largerPeak = (one: PeakMemory | undefined, other: PeakMemory): PeakMemory =>
  one && one.bytes >= other.bytes ? one : other;
