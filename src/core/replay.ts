/** How far a replayed fixture of the PyTorch reference is off. */
export interface Replay {
  name: string;
  /** Worst relative error max|a - b| / max|b| of each group of tensors: of losses and weights, or of embeddings and gradients. */
  errors: Record<string, number>;
  /** The tensor that is off most, where a fixture tells. */
  worst?: string;
  ok: boolean;
  backend: string;
  executor: string;
}
