import { faultReport } from '../src/core/fault';
import { openDatabase } from '../src/database/connection';
import { embeddingsVersion, loadEmbeddings } from '../src/database/embeddings';
import { toPage } from '../src/protocol/channel';
import type { FromSearcher, ToSearcher } from '../src/protocol/searching';
import { EmbeddingSearch } from './searcher/search';

// The searching thread: answers in the order of the questions, also while another thread trains.

const page = toPage<FromSearcher, ToSearcher>();
const database = openDatabase();
const search = new EmbeddingSearch({
  version: async (dataset, run) => embeddingsVersion(await database, dataset, run),
  load: async (dataset, run) => loadEmbeddings(await database, dataset, run),
});
let answers: Promise<void> = Promise.resolve();

async function answer({ ticket, dataset, run, row, count, view }: ToSearcher): Promise<void> {
  try {
    page.send({ type: 'nearest', ticket, result: await search.nearest(dataset, run, row, count, view) });
  } catch (cause) {
    page.send({ type: 'fault', ticket, fault: faultReport(cause) });
  }
}

page.listen((message) => {
  answers = answers.then(() => answer(message));
});
