import type { Query } from '../core/query';
import type { Image } from '../core/records';
import type { SearchView } from '../core/search_view';
import type { SimilarPairs } from '../core/similar_groups';

/** What the page asks of the searching thread. */
export interface SearcherCalls {
  /**
   * The rows nearest to the query in the newest embeddings of the encoder; those of the query itself are left out. Null: there
   * are none, or none of the query's pictures yet. Progress: the share that is done of grouping all pictures, where that is asked for first.
   */
  nearest(request: Searched & { query: Query; count: number }, progress: number): SearchResult | null;
  /** Reads and refines these embeddings, so that the first question about them need not wait for that. */
  prepare(request: Searched): void;
  /**
   * A number a picture, in the embeddings of this encoder, refined or plain: its cosine with the query; with none how
   * unusual it is, which is 1 less the mean cosine with its five nearest. Null: there are none of all pictures.
   */
  scores(request: Searched & { of: Query | null }, progress: number): Float32Array | null;
  /**
   * Near-duplicates: pairs of similar pictures, the most similar first, the pixels [count] of every picture's file, and how sharp
   * those are [count] that are as large as another. Null, here and below: there are no embeddings. Progress, here and below: the
   * share that is done.
   */
  duplicates(
    request: Searched,
    progress: number,
  ): (SimilarPairs & { pixels: Float64Array; sharpness: Float64Array }) | null;
  /** Pictures whose neighbours agree on another label, the most certain first. `labels`: [count]. */
  mislabelled(request: Searched & { labels: readonly (string | null)[] }, progress: number): LabelSuggestion[] | null;
  /** Labels for the pictures that have none, by the nearest that have one, the most certain first. `labels`: [count]. */
  suggest(request: Searched & { labels: readonly (string | null)[] }): LabelSuggestion[] | null;
  /** So many pictures that are as unlike each other as can be, the most typical first. */
  diverse(request: Searched & { count: number }): number[] | null;
  /** So many clusters: rows of each, the most typical first; the largest cluster first. */
  clusters(request: Searched & { count: number }, progress: number): number[][] | null;
  /** Coordinates [count, 2] in which similar pictures lie together. */
  map(request: Searched, progress: number): Float32Array | null;
  /** Path, folder, hash and file of each picture, in order. Of many pictures this takes too long to be read on the page. */
  names(request: { dataset: string }): PictureName[];
}

export type PictureName = Pick<Image, 'path' | 'label' | 'sha256' | 'fileBytes' | 'changedAt'>;

/** Whose embeddings, and how they are seen. */
export interface Searched {
  dataset: string;
  encoder: string;
  view: SearchView;
}

/** A label for a picture, and the share of its labelled neighbours' votes for it. */
export interface LabelSuggestion {
  row: number;
  label: string;
  confidence: number;
}

export interface SearchResult {
  /** The picture of the data set that was searched for; null: the query was another. */
  row: number | null;
  /** Whose embeddings, at which step, in words. */
  about: string;
  encoder: string;
  step: number;
  /** Similarity: cosine in the embeddings that were searched, refined ones or plain. */
  neighbours: { row: number; similarity: number }[];
  /** How many of them each switch of the view has brought in; null where only the refined embeddings are held. */
  fresh: { refined: number | null; grouped: number };
  /** Pictures searched: the first of the data set, while they are being embedded. */
  among: number;
  milliseconds: number;
}
