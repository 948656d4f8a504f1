import { useActions } from '../../../app/store/hooks';
import { useTestable } from './testable';

/** Opens the blind test, of these two encoders or of two to be chosen. */
export function BlindTestButton({ pair, quiet = false }: { pair?: readonly [string, string]; quiet?: boolean }) {
  const { openBlindTest } = useActions();
  const able = useTestable().encoders.length >= 2;
  return (
    <button
      type="button"
      className={quiet ? 'link' : 'button'}
      disabled={!able}
      title={able ? undefined : 'Two models must have embedded the pictures'}
      onClick={() => openBlindTest(pair)}
    >
      {quiet ? 'See for yourself: blind test' : 'Blind test'}
    </button>
  );
}
