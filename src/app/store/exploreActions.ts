import type { LabelSuggestion, SearcherCalls } from '../../protocol/searching';

type OnProgress = (share: number) => void;

/** What the page can find out of all pictures at once. `onProgress`: the share that is done. */
export interface ExploreActions {
  /** Near-duplicates by the encoder in use, as are the next three. Null: there are no embeddings. Rejects with a Fault. */
  duplicates(signal?: AbortSignal, onProgress?: OnProgress): Promise<ReturnType<SearcherCalls['duplicates']>>;
  /** Pictures whose neighbours agree on another label of this column. */
  mislabelled(column: string, signal?: AbortSignal, onProgress?: OnProgress): Promise<LabelSuggestion[] | null>;
  /** Labels for the pictures that have none in this column, the most certain first; none are stored. */
  suggest(column: string, signal?: AbortSignal): Promise<LabelSuggestion[] | null>;
  /** So many pictures as unlike each other as can be. */
  diverse(count: number, signal?: AbortSignal): Promise<number[] | null>;
  /** So many clusters: rows of each, the most typical first; the largest first. */
  clusters(count: number, signal?: AbortSignal, onProgress?: OnProgress): Promise<number[][] | null>;
  /** Says which rows a list shows, in order; null: there is no list but the pictures themselves. */
  list(rows: readonly number[] | null): void;
  /** How unusual each picture is. */
  unusual(signal?: AbortSignal, onProgress?: OnProgress): Promise<Float32Array | null>;
  /** How similar each picture is to the query on the page, [count]. Null: there is no query. */
  similarities(signal?: AbortSignal): Promise<Float32Array | null>;
  /** Coordinates [count, 2] in which similar pictures lie together. */
  map(signal?: AbortSignal, onProgress?: OnProgress): Promise<Float32Array | null>;
}
