/** The rewrites of a graph and of its kernels; each can be switched off alone. What each saves stands in ARCHITECTURE.md. */
export interface Fusions {
  /** Batch norm, residual sum and ReLU in one pass, forward and back. */
  readonly activation: boolean;
  /** A batch norm's sums in the convolution before it. */
  readonly statistics: boolean;
  /** A norm by fixed statistics, with residual sum and ReLU, in the convolution before it: embeddings, EMAN's keys. */
  readonly folded: boolean;
  /** All variables that follow one rule in one dispatch: optimizer, key momentum, running statistics. */
  readonly updates: boolean;
}

export const ALL_FUSIONS: Fusions = {
  activation: true,
  statistics: true,
  folded: true,
  updates: true,
};
export const NO_FUSIONS: Fusions = {
  activation: false,
  statistics: false,
  folded: false,
  updates: false,
};

/**
 * The variants of a product's kernel. A convolution: a tile of pixels in registers ('direct'), or workgroups that
 * share what they load ('tiled'). A filter's gradient, by split-K: as many parts as fill the
 * device ('direct'), a quarter of them ('fewer') or four times as many ('more').
 */
export const KERNEL_VARIANTS = ['direct', 'tiled', 'fewer', 'more'] as const;
export type KernelVariant = (typeof KERNEL_VARIANTS)[number];

/** How kernels are divided among threads. What is right differs by orders of magnitude between a GPU and a processor that imitates one. */
export interface Tuning {
  /** Threads that keep the device busy. */
  readonly threads: number;
  /** Pixels side by side that one thread of a convolution makes at most: each weight it loads serves them all. */
  readonly tile: number;
  /** Whether threads share what they load: gradients of convolutions are tiled, and sums with few results are divided among a workgroup. */
  readonly sharing: boolean;
  readonly fuse: Fusions;
  /** The variant of a product by its key (`convolutionKey`, `gradientKey`), where there are several. */
  readonly variantOf: (key: string) => KernelVariant;
}

/** Two cores that imitate a GPU: few threads with long loops, a load dearer than a register, and every dispatch spared. */
export const SOFTWARE: Tuning = {
  threads: 512,
  tile: 8,
  sharing: false,
  fuse: ALL_FUSIONS,
  variantOf: () => 'direct',
};

/** Some ten thousand lanes to be kept busy; a dispatch costs microseconds. */
export const HARDWARE: Tuning = {
  threads: 65_536,
  tile: 4,
  sharing: true,
  fuse: ALL_FUSIONS,
  variantOf: () => 'tiled',
};
