/** The rewrites of a graph and of its kernels; each can be switched off alone. What each saves stands in ARCHITECTURE.md. */
export interface Fusions {
  /** Batch norm, residual sum and ReLU in one pass, forward and back. */
  readonly activation: boolean;
  /** A norm by fixed statistics, with residual sum and ReLU, in the convolution before it: embeddings, EMAN's keys. */
  readonly folded: boolean;
  /** All variables that follow one rule in one dispatch: optimizer, key momentum, running statistics. */
  readonly updates: boolean;
}

export const ALL_FUSIONS: Fusions = {
  activation: true,
  folded: true,
  updates: true,
};
export const NO_FUSIONS: Fusions = {
  activation: false,
  folded: false,
  updates: false,
};

/**
 * The variants of a product's kernel. A convolution: workgroups as the tuning says, or of fewer threads. A filter's gradient, by
 * split-K: as many parts as fill the device ('usual'), a quarter of them ('fewer') or four times as many ('more').
 */
export const KERNEL_VARIANTS = ['usual', 'fewer', 'more'] as const;
export type KernelVariant = (typeof KERNEL_VARIANTS)[number];

/** How kernels are divided among threads. What is right differs by orders of magnitude between a GPU and a processor that imitates one. */
export interface Tuning {
  /** Threads that keep the device busy. */
  readonly threads: number;
  /** Threads of a workgroup that share what they load for a product, at most; 1 where barriers cost more than that saves. */
  readonly workgroup: number;
  readonly fuse: Fusions;
  /** The variant of a product by its key (`convolutionKey`, `gradientKey`), where there are several. */
  readonly variantOf: (key: string) => KernelVariant;
}

/** Two cores that imitate a GPU: few threads with long loops, and no barriers, which take long to run and to compile. */
export const SOFTWARE: Tuning = {
  threads: 512,
  workgroup: 1,
  fuse: ALL_FUSIONS,
  variantOf: () => 'usual',
};

/** Some ten thousand lanes to be kept busy; a dispatch costs microseconds. */
export const HARDWARE: Tuning = {
  threads: 65_536,
  workgroup: 256,
  fuse: ALL_FUSIONS,
  variantOf: () => 'usual',
};
