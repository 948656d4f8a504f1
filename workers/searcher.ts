import { openDatabase } from '../src/database/connection';
import { embeddingsVersion, loadEmbeddings } from '../src/database/embeddings';
import { readPaths } from '../src/database/images';
import { serve } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { SearcherCalls } from '../src/protocol/searching';
import { EmbeddingSearch } from './searcher/search';
import { TaskQueue } from './task_queue';

// The searching thread: answers in the order of the requests, also while another thread trains.

const database = openDatabase();
const search = new EmbeddingSearch({
  version: async (dataset, run) => embeddingsVersion(await database, dataset, run),
  load: async (dataset, run) => loadEmbeddings(await database, dataset, run),
});
const queue = new TaskQueue();

/** Lets other requests in, then ends what is no longer wanted. */
async function letIn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}

serve<SearcherCalls>(toPage(), {
  nearest: ({ dataset, run, query, count, view }, { signal }) =>
    queue.run(async () => {
      signal.throwIfAborted();
      return search.nearest(dataset, run, query, count, view);
    }),
  // Not in the queue: a click is answered while many pictures are compared.
  scores: ({ dataset, run, of, view }, { signal }) => search.scores(dataset, run, of, view, () => letIn(signal)),
  names: async ({ dataset }) =>
    (await readPaths(await database, dataset)).map(({ path, label, sha256 }) => ({ path, label, sha256 })),
});
