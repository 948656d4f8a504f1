import type { FaultReport } from '../core/fault';
import type { SearchView } from '../core/search_view';

/** What the page asks the searching thread. */
export type ToSearcher =
  /** Nearest rows to `row` in the newest embeddings of the run, or of the untrained encoder when run is null. */
  {
    type: 'nearest';
    ticket: number;
    dataset: string;
    run: string | null;
    row: number;
    count: number;
    view: SearchView;
  };

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

export type FromSearcher =
  | { type: 'nearest'; ticket: number; result: Neighbours | null }
  | { type: 'fault'; ticket: number; fault: FaultReport };
