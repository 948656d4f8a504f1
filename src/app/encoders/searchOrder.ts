import { UNTRAINED } from '../../core/encoders/encoder';
import { FIRST_ENCODER, pretrainedRun } from '../../core/pretrained';
import type { Dataset } from '../../core/records';
import type { Searched } from '../../protocol/searching';
import { currentDataset, type State, searchView } from '../store/store';

/**
 * The encoders to ask for a data set's neighbours, in this order, until one has embeddings: the chosen one, else the best
 * network that comes with the page, the newest run, the untrained encoder. Training never changes it by itself.
 */
export function searchOrder({ searchWith }: Pick<Dataset, 'searchWith'>, newestRun: string | null): string[] {
  const automatic = [pretrainedRun(FIRST_ENCODER), ...(newestRun === null ? [] : [newestRun]), UNTRAINED];
  return [...new Set(searchWith === undefined ? automatic : [searchWith, ...automatic])];
}

/** Of a data set's embedded encoders the one that searches, or null. */
export const searchingEncoder = (
  dataset: Pick<Dataset, 'searchWith'>,
  newestRun: string | null,
  embedded: { has(id: string): boolean },
): string | null => searchOrder(dataset, newestRun).find((id) => embedded.has(id)) ?? null;

/** The embeddings that the data set on the page is searched in, and how; null while it has none. */
export function searchedNow(state: State): Searched | null {
  const dataset = currentDataset(state);
  const encoder = dataset && searchingEncoder(dataset, state.training.run?.id ?? null, state.encoders.embedded);
  return dataset && encoder !== null ? { dataset: dataset.id, encoder, view: searchView(state) } : null;
}
