import { useActions, useSelected } from '../../app/store/hooks';
import { CompareCurves } from './CompareCurves';
import { CompareNeighbours } from './CompareNeighbours';
import { CompareTable } from './CompareTable';
import { useComparableRuns } from './comparableRuns';
import { RunAll } from './RunAll';
import { useSideBySide } from './sideBySide';

/** Encoders side by side: what each finds, what each is worth, how it came to be; and more methods to try. */
export function Compare() {
  const { goTo } = useActions();
  const runs = useComparableRuns();
  const { compared } = useSideBySide();
  // Whoever chose none came to try methods, or watches them.
  const none = useSelected((state) => state.encoders.compared.length === 0);
  const drawn = runs.filter(({ id }) => compared.some((one) => one.id === id));
  return (
    <div className="screen compare">
      <div className="screen-main">
        <header className="compare-head">
          <button type="button" className="button quiet" onClick={() => goTo('models')}>
            ← Models
          </button>
        </header>
        {none && <RunAll />}
        {compared.length > 0 && <CompareNeighbours />}
        <CompareTable runs={runs} />
        {runs.length > 0 && <CompareCurves runs={drawn.length > 0 ? drawn : runs} />}
        {!none && <RunAll />}
      </div>
    </div>
  );
}
