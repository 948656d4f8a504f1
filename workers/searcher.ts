import { openDatabase } from '../src/database/connection';
import { readSetAside } from '../src/database/datasets';
import { embeddingsState, loadEmbeddings } from '../src/database/embeddings';
import { readPaths, readSizes } from '../src/database/images';
import { loadMap, saveMap } from '../src/database/maps';
import { serve } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { SearcherCalls } from '../src/protocol/searching';
import { keepRefined } from './searcher/keep_refined';
import { EmbeddingSearch } from './searcher/search';
import { sharpnessOf } from './searcher/sharpness';
import { TaskQueue } from './task_queue';

// The searching thread: answers in the order of the requests, also while another thread trains.

const database = openDatabase();
const search = new EmbeddingSearch({
  state: async (dataset, encoder) => embeddingsState(await database, dataset, encoder),
  load: async (dataset, encoder) => loadEmbeddings(await database, dataset, encoder),
  refined: async (dataset, encoder) => keepRefined(await database, dataset, encoder),
  map: async (of) => loadMap(await database, of),
  keepMap: async (of, map) => saveMap(await database, of, map),
  setAside: async (dataset) => readSetAside(await database, dataset),
});
const queue = new TaskQueue();

/** Tells how far work is, lets other requests in, then ends what is no longer wanted. */
const pausing =
  ({ signal, progress }: { signal: AbortSignal; progress(share: number): void }) =>
  async (share: number): Promise<void> => {
    progress(share);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  };

serve<SearcherCalls>(toPage(), {
  nearest: (request, how) =>
    queue.run(async () => {
      how.signal.throwIfAborted();
      return search.nearest(request, pausing(how));
    }),
  prepare: (request) => queue.run(() => search.prepare(request)),
  suggest: (request) => queue.run(() => search.suggest(request)),
  diverse: (request) => queue.run(() => search.diverse(request)),
  // Not in the queue: a click is answered while these are made.
  scores: (request, how) => search.scores(request, pausing(how)),
  duplicates: async (request, how) => {
    const pairs = await search.duplicates(request, pausing(how));
    if (!pairs) return null;
    const db = await database;
    const sizes = await readSizes(db, request.dataset);
    const pixels = Float64Array.from(sizes, ({ width, height }) => width * height);
    const pause = pausing(how);
    return { ...pairs, pixels, sharpness: await sharpnessOf(db, request.dataset, pairs, pixels, () => pause(1)) };
  },
  mislabelled: (request, how) => search.mislabelled(request, pausing(how)),
  clusters: (request, how) => search.clusters(request, pausing(how)),
  map: (request, how) => search.map(request, pausing(how)),
  names: async ({ dataset }) =>
    (await readPaths(await database, dataset)).map(({ row: _, copies: __, ...name }) => name),
});
