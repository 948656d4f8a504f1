/** The most bytes that an executor held at any time of a run. */
export interface PeakMemory {
  bytes: number;
  /** Planned: every buffer is known before it is made. Sampled: the tensors that were there after each operation of a step. */
  how: 'planned' | 'sampled';
}

/** The larger of two, where a run was trained in two parts; either may be unknown. */
export const largerPeak = (one: PeakMemory | undefined, other: PeakMemory): PeakMemory =>
  one && one.bytes >= other.bytes ? one : other;

/** '340 kB', '8.4 MB', '126 MB', '1.2 GB' */
export function memoryWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
