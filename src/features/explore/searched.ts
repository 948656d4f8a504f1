import { searchedNow } from '../../app/encoders/searchOrder';
import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';

/** Changes with the embeddings that are searched, and with how they are; '' where there are none. */
export const useSearched = (): string =>
  useSelected((state) => {
    const searched = searchedNow(state);
    const { count, setAside } = currentDataset(state) ?? {};
    return searched ? JSON.stringify([searched, count, setAside, state.encoders.versions]) : '';
  });
