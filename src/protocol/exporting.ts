/** What is exported of a run, besides what there always is. */
export interface ExportOptions {
  /** Measure every encoder of the data set, which takes seconds; `pairs`: rows that show the same thing. */
  encoders?: { pairs: readonly (readonly [number, number])[] };
  /** Whose embeddings embeddings.npy holds, by its name among `encoders`; without it the best one's, without them the run's. */
  embeddings?: string;
  /** The folder that transformers.js loads, and nothing else. */
  transformers?: boolean;
}
