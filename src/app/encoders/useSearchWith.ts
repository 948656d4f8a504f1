import type { Encoder } from '../../core/encoders/encoder';
import { announce } from '../store/faults';
import { useActions, useLookalike } from '../store/hooks';

/** Has an encoder search, and says that it does now: for buttons that are not the choice itself. */
export function useSearchWith(): (encoder: Pick<Encoder, 'id' | 'name'>) => void {
  const { store } = useLookalike();
  const { searchWith } = useActions();
  return ({ id, name }) => {
    searchWith(id);
    announce(store, `Search now uses ${name}.`);
  };
}
