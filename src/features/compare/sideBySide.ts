import { MOST_COMPARED } from '../../app/encoders/compared';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import type { Encoder } from '../../core/encoders/encoder';

/** The encoders that can be compared, and those that are: the chosen ones, else the one in use beside the newest. */
export function useSideBySide(): { able: readonly Encoder[]; compared: readonly Encoder[] } {
  const { encoders, searching } = useEncoders();
  const chosen = useSelected((state) => state.encoders.compared);
  const able = encoders.filter(({ embedded }) => embedded);
  const usual = able
    .toSorted((a, b) => Number(b.id === searching) - Number(a.id === searching))
    .slice(0, MOST_COMPARED);
  const wanted = able.filter(({ id }) => chosen.includes(id));
  return { able, compared: wanted.length > 0 ? wanted : able.filter((one) => usual.includes(one)) };
}
