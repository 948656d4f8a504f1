import type { Image } from '../core/records';
import type { SearchView } from '../core/search_view';

/** What the page asks of the searching thread. */
export interface SearcherCalls {
  /**
   * The rows nearest to `row` in the newest embeddings of the run, or of the untrained encoder when run is null. Null: there
   * are none, or none of this picture yet.
   */
  nearest(request: {
    dataset: string;
    run: string | null;
    row: number;
    count: number;
    view: SearchView;
  }): Neighbours | null;
  /**
   * A number a picture, in the embeddings of this run, refined or plain: its cosine with picture `of`; with `of` null how
   * unusual it is, which is 1 less the mean cosine with its five nearest. Null: there are none of all pictures.
   */
  scores(request: { dataset: string; run: string; of: number | null; view: SearchView }): Float32Array | null;
  /** Path, folder and hash of each picture, in order. Of many pictures this takes too long to be read on the page. */
  names(request: { dataset: string }): PictureName[];
}

export type PictureName = Pick<Image, 'path' | 'label' | 'sha256'>;

export interface Neighbours {
  row: number;
  /** Whose embeddings, at which step, in words. */
  about: string;
  run: string;
  step: number;
  /** Similarity: cosine in the embeddings that were searched, refined ones or plain. */
  neighbours: { row: number; similarity: number }[];
  /** How many of them each switch of the view has brought in. */
  fresh: { refined: number; grouped: number };
  /** Pictures searched: the first of the data set, while they are being embedded. */
  among: number;
  milliseconds: number;
}
