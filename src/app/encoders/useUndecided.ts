import type { Encoder } from '../../core/encoders/encoder';
import type { Run } from '../../core/records';
import { useSelected } from '../store/hooks';
import { currentDataset } from '../store/store';
import { useEncoders } from './useEncoders';

/** The run that ended last and the encoder in use, until the user has chosen between them; null where there is no choice. */
export function useUndecided(): { fresh: Encoder & { run: Run }; inUse: Encoder } | null {
  const undecided = useSelected((state) => currentDataset(state)?.undecided);
  const { encoders, searching } = useEncoders();
  const fresh = encoders.find(({ id }) => id === undecided);
  const inUse = encoders.find(({ id }) => id === searching);
  if (!fresh?.embedded || !fresh.run || !inUse || fresh === inUse) return null;
  return { fresh: { ...fresh, run: fresh.run }, inUse };
}
