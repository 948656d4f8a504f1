import { isUnderWay, useEncoders } from '../../../app/encoders/useEncoders';
import { useSelected } from '../../../app/store/hooks';
import { runUnderWay } from '../../../app/store/store';
import type { Encoder } from '../../../core/encoders/encoder';

/** The encoders that can be compared: embedded, and not those of the run under way, which change with every step. */
export function useTestable(): { encoders: readonly Encoder[]; searching: string | null } {
  const { encoders, searching } = useEncoders();
  const busy = useSelected(runUnderWay);
  return { encoders: encoders.filter((one) => one.embedded && !(busy && isUnderWay(one))), searching };
}
