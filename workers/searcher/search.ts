import { COMPARED } from '../../src/core/compared';
import { classNumbers } from '../../src/core/labels/column';
import { onlyRow, type Query } from '../../src/core/query';
import type { EmbeddingTable } from '../../src/core/records';
import { type SearchView, viewedWords, viewOf } from '../../src/core/search_view';
import { withoutAside } from '../../src/core/set_aside';
import type { SimilarPairs } from '../../src/core/similar_groups';
import type { EmbeddingHead } from '../../src/database/embeddings';
import type { MapOf } from '../../src/database/maps';
import { mislabelled } from '../../src/evaluate/explore/mislabelled';
import { similarPairs } from '../../src/evaluate/explore/similar_pairs';
import type { Refined } from '../../src/evaluate/refine/refinement';
import { inPieces } from '../../src/evaluate/work';
import type { LabelSuggestion, Searched, SearchResult } from '../../src/protocol/searching';
import { TaskQueue } from '../task_queue';
import { Prepared } from './prepared';

/** What the search reads of the database. */
export interface EmbeddingReads {
  /** Changes with the stored embeddings, which are of so many pictures; cheap. Null: there are none. */
  state(dataset: string, encoder: string): Promise<{ version: string; count: number } | null>;
  load(dataset: string, encoder: string): Promise<EmbeddingTable | null>;
  /** The same refined, without ever holding them whole. */
  refined(dataset: string, encoder: string): Promise<{ head: EmbeddingHead; refined: Refined } | null>;
  /** Where an encoder has placed the pictures, and at which version of its embeddings; null: not yet. */
  map(of: Omit<MapOf, 'version'>): Promise<{ version: string; map: Float32Array } | null>;
  keepMap(of: MapOf, map: Float32Array): Promise<void>;
  /** Rows that nothing finds. */
  setAside(dataset: string): Promise<readonly number[]>;
}

interface Kept {
  dataset: string;
  encoder: string;
  version: string;
  step: number;
  about: string;
  index: Prepared;
}

type Pause = (share: number) => Promise<void>;

/** Bytes of embeddings that are kept beside those that are searched. */
const KEPT_BYTES = 256e6;

/** Finds like pictures in the newest stored embeddings, and keeps these prepared for the next question. */
export class EmbeddingSearch {
  /** Most recently used first. */
  private kept: Kept[] = [];
  private readonly preparing = new TaskQueue();
  /** The map that was asked for last. */
  private shown: { dataset: string; map: Float32Array } | null = null;

  constructor(private readonly reads: EmbeddingReads) {}

  /**
   * The `count` pictures nearest to a query by a view, its own excluded, in the embeddings of an encoder.
   * Null when there are none yet, or none of the query's pictures.
   * @throws Fault 'data' when the stored embeddings are damaged
   */
  async nearest(
    request: Searched & { query: Query; count: number },
    pause: Pause = async () => undefined,
  ): Promise<SearchResult | null> {
    const start = performance.now();
    const { dataset, encoder, count, view: wanted } = request;
    const prepared = await this.prepared(dataset, encoder, wanted);
    const query = prepared?.index.known(request.query) ?? [];
    if (!prepared || query.length === 0) return null;
    const { about, step, index } = prepared;
    const { neighbours, view, fresh } = await inPieces(index.nearest(query, count, wanted), pause);
    return {
      row: onlyRow(query),
      about: viewedWords(about, view),
      encoder,
      step,
      neighbours,
      fresh,
      among: index.count - index.hidden.size,
      milliseconds: performance.now() - start,
    };
  }

  async prepare({ dataset, encoder, view }: Searched): Promise<void> {
    (await this.prepared(dataset, encoder, view))?.index.prepare(view);
  }

  /** What `SearcherCalls.scores` gives. `pause`, here and below, is told the share that is done, and awaited, now and then. */
  async scores(
    { dataset, encoder, of, view }: Searched & { of: Query | null },
    pause: Pause,
  ): Promise<Float32Array | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    if (!prepared) return null;
    if (of === null) return inPieces(prepared.index.unusual(view), pause);
    const query = prepared.index.known(of);
    return query.length === 0 ? null : prepared.index.similarities(query, view);
  }

  async duplicates({ dataset, encoder, view }: Searched, pause: Pause): Promise<SimilarPairs | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    return prepared && similarPairs(await inPieces(prepared.index.neighbours(view), pause));
  }

  async mislabelled(
    { dataset, encoder, view, labels }: Searched & { labels: readonly (string | null)[] },
    pause: Pause,
  ): Promise<LabelSuggestion[] | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    if (!prepared) return null;
    const { count, hidden } = prepared.index;
    const values = withoutAside(labels.slice(0, count), [...hidden]);
    const { names, numbers } = classNumbers({ kind: 'class', name: '', values });
    const table = await inPieces(prepared.index.neighbours(view), pause);
    return mislabelled(table, numbers).map(({ row, label, share }) => ({
      row,
      label: names[label],
      confidence: share,
    }));
  }

  async suggest({
    labels,
    ...of
  }: Searched & { labels: readonly (string | null)[] }): Promise<LabelSuggestion[] | null> {
    const prepared = await this.prepared(of.dataset, of.encoder, of.view);
    if (!prepared) return null;
    const { index } = prepared;
    const all = Array.from({ length: index.count }, (_, row) => labels[row] ?? null);
    const values = withoutAside(all, [...index.hidden]);
    const { names, numbers } = classNumbers({ kind: 'class', name: '', values });
    if (names.length === 0) return [];
    const { rows, classes, confidences } = index.suggest(of.view, numbers);
    return Array.from(rows, (row, i) => ({ row, label: names[classes[i]], confidence: confidences[i] }));
  }

  async diverse({ dataset, encoder, view, count }: Searched & { count: number }): Promise<number[] | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    return prepared?.index.diverse(view, count) ?? null;
  }

  async clusters(
    { dataset, encoder, view, count }: Searched & { count: number },
    pause: Pause,
  ): Promise<number[][] | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    return prepared && inPieces(prepared.index.clusters(view, count), pause);
  }

  async map({ dataset, encoder, view }: Searched, pause: Pause): Promise<Float32Array | null> {
    const prepared = await this.prepared(dataset, encoder, view);
    if (!prepared) return null;
    const { index, version } = prepared;
    const of = { dataset, run: encoder, view: viewOf(view, index.count).refined ? 'refined' : 'plain' } as const;
    const known = await this.reads.map(of);
    const shown = this.shown?.dataset === dataset ? this.shown.map : null;
    let map = known?.map ?? null;
    // Another encoder's map is turned like the one that was seen last; one of the same encoder goes on from where it was.
    if (!map || known?.version !== version) {
      map = await inPieces(index.map(view, map, map ?? shown), pause);
      await this.reads.keepMap({ ...of, version }, map);
    }
    this.shown = { dataset, map };
    return map;
  }

  /** The prepared embeddings, read again only when others are stored, and once for all who ask meanwhile. */
  private prepared(dataset: string, encoder: string, view: SearchView): Promise<Kept | null> {
    return this.preparing.run(() => this.current(dataset, encoder, view));
  }

  private async current(dataset: string, encoder: string, view: SearchView): Promise<Kept | null> {
    const state = await this.reads.state(dataset, encoder);
    const known = this.kept.find((kept) => kept.dataset === dataset && kept.encoder === encoder);
    const others = this.kept.filter((kept) => kept !== known);
    while (others.reduce((sum, { index }) => sum + index.bytes, 0) > KEPT_BYTES) others.pop();
    this.kept = others; // what is stale gives its memory back before its successor is read
    if (!state) return null;
    const serves = known?.version === state.version && known.index.has(view);
    const current = serves ? known : await this.read(dataset, encoder, state, view);
    if (current) {
      this.kept = [current, ...others];
      const { index } = current;
      index.hidden = new Set((await this.reads.setAside(dataset)).filter((row) => row < index.count));
    }
    return current;
  }

  private async read(
    dataset: string,
    encoder: string,
    { version, count }: { version: string; count: number },
    view: SearchView,
  ): Promise<Kept | null> {
    const kept = { dataset, encoder, version };
    if (view.refined && count > COMPARED) {
      const found = await this.reads.refined(dataset, encoder);
      return found && { ...kept, step: found.head.step, about: found.head.about, index: new Prepared(found.refined) };
    }
    const table = await this.reads.load(dataset, encoder);
    return table && { ...kept, step: table.step, about: table.about, index: new Prepared(table) };
  }
}
