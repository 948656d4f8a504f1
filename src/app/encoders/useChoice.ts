import type { Encoder } from '../../core/encoders/encoder';
import { isComparable } from '../../core/ended';
import type { Run } from '../../core/records';
import { useSelected } from '../store/hooks';
import { currentDataset } from '../store/store';
import { useEncoders } from './useEncoders';

/** What a run that has ended came to, and what it is compared with. */
export interface Choice {
  fresh: Encoder & { run: Run };
  /** The encoder in use; where that is the run's, the one before it. */
  other: Encoder;
  /** The user has chosen to search with the run's encoder. */
  used: boolean;
  /** The user has chosen between the two, either way. */
  decided: boolean;
}

/** The choice that the run on the page puts to the user, also once it was made; null where there is none. */
export function useChoice(): Choice | null {
  const run = useSelected(({ training }) => training.run);
  const dataset = useSelected(currentDataset);
  const before = useSelected((state) => state.encoders.before);
  const { encoders, searching } = useEncoders();
  const fresh = encoders.find(({ id }) => id === run?.id);
  if (!run || !fresh?.run || !fresh.embedded || !isComparable(run) || run.status === 'failed') return null;
  const able = encoders.filter(({ embedded, id }) => embedded && id !== fresh.id);
  const used = dataset?.searchWith === fresh.id;
  const earlier = able.find(({ id }) => id === before) ?? able.find(({ kind }) => kind === 'bundled');
  const other = used ? earlier : able.find(({ id }) => id === searching);
  if (!other) return null;
  return { fresh: { ...fresh, run: fresh.run }, other, used, decided: dataset?.undecided !== fresh.id };
}
