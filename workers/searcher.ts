import { openDatabase } from '../src/database/connection';
import { readSetAside } from '../src/database/datasets';
import { embeddingsVersion, loadEmbeddings } from '../src/database/embeddings';
import { readPaths, readSizes } from '../src/database/images';
import { loadMap, saveMap } from '../src/database/maps';
import { serve } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { SearcherCalls } from '../src/protocol/searching';
import { EmbeddingSearch } from './searcher/search';
import { TaskQueue } from './task_queue';

// The searching thread: answers in the order of the requests, also while another thread trains.

const database = openDatabase();
const search = new EmbeddingSearch({
  version: async (dataset, encoder) => embeddingsVersion(await database, dataset, encoder),
  load: async (dataset, encoder) => loadEmbeddings(await database, dataset, encoder),
  map: async (of) => loadMap(await database, of),
  keepMap: async (of, map) => saveMap(await database, of, map),
  setAside: async (dataset) => readSetAside(await database, dataset),
});
const queue = new TaskQueue();

/** Lets other requests in, then ends what is no longer wanted. */
async function letIn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}

serve<SearcherCalls>(toPage(), {
  nearest: (request, { signal }) =>
    queue.run(async () => {
      signal.throwIfAborted();
      return search.nearest(request);
    }),
  scores: (request, { signal }) =>
    queue.run(async () => {
      signal.throwIfAborted();
      return search.scores(request);
    }),
  duplicates: (request) =>
    queue.run(async () => {
      const pairs = await search.duplicates(request);
      if (!pairs) return null;
      const sizes = await readSizes(await database, request.dataset);
      return { ...pairs, pixels: Float64Array.from(sizes, ({ width, height }) => width * height) };
    }),
  mislabelled: (request) => queue.run(() => search.mislabelled(request)),
  suggest: (request) => queue.run(() => search.suggest(request)),
  diverse: (request) => queue.run(() => search.diverse(request)),
  // Not in the queue: a click is answered while these are made.
  clusters: (request, { signal, progress }) =>
    search.clusters(request, (share) => {
      progress(share);
      return letIn(signal);
    }),
  map: (request, { signal, progress }) =>
    search.map(request, (share) => {
      progress(share);
      return letIn(signal);
    }),
  names: async ({ dataset }) =>
    (await readPaths(await database, dataset)).map(({ path, label, sha256 }) => ({ path, label, sha256 })),
});
