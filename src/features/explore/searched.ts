import { searchingEncoder } from '../../app/encoders/searchOrder';
import { useSelected } from '../../app/store/hooks';
import { currentDataset, searchView } from '../../app/store/store';

/** Changes with the embeddings that are searched, and with how they are; '' where there are none. */
export const useSearched = (): string =>
  useSelected((state) => {
    const dataset = currentDataset(state);
    const run = dataset && searchingEncoder(dataset, state.training.run?.id ?? null, state.encoders.embedded);
    if (!dataset || run === null) return '';
    return JSON.stringify([dataset.id, dataset.count, run, searchView(state), state.encoders.versions]);
  });
