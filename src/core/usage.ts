/** What lies in the stores besides pictures, in bytes. */
export interface Usage {
  /** By data set: how many encoders it has, with their embeddings and checkpoints. */
  encoders: ReadonlyMap<string, { count: number; bytes: number }>;
  weights: number;
}
