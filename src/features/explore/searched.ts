import { searchedNow } from '../../app/encoders/searchOrder';
import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';

/** Changes with the embeddings that are searched, and with how they are; '' where there are none. */
export const useSearched = (): string =>
  useSelected((state) => {
    const searched = searchedNow(state);
    return searched ? JSON.stringify([searched, currentDataset(state)?.count, state.encoders.versions]) : '';
  });
