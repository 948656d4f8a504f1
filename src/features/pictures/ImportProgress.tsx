import { useActions } from '../../app/store/hooks';
import type { LibrarySlice } from '../../app/store/slices';
import { count, duration } from '../../widgets/amounts';

/** How far an import is. What is in stays in when it is cancelled. */
export function ImportProgress({ progress }: { progress: NonNullable<LibrarySlice['importing']> }) {
  const { cancelImport } = useActions();
  const { found, walked, taken, duplicates, refused, rate } = progress;
  const done = taken + duplicates + refused;
  const left = walked && rate > 0 ? ` · ${duration((found - done) / rate)} left` : '';
  return (
    <div className="import-progress">
      <progress aria-label="Import" max={Math.max(1, found)} value={found > 0 ? done : undefined} />
      <p className="small">
        <span>
          {count(done)} of {count(found)}
          {!walked && ' found so far'}
        </span>
        <span className="muted">
          {rate > 0 && ` · ${count(rate)} per second`}
          {left}
          {duplicates > 0 && ` · ${count(duplicates)} folded`}
          {refused > 0 && ` · ${count(refused)} skipped`}
        </span>
      </p>
      <button type="button" className="button" onClick={cancelImport}>
        Cancel
      </button>
    </div>
  );
}
