import { useActions, useSelected } from '../../app/store/hooks';
import { searchView } from '../../app/store/store';
import { count } from '../../core/amounts';
import type { SearchView } from '../../core/search_view';
import { Term } from '../../widgets/Term';

const FEWEST = 4;
const MOST = 100;

const SWITCHES: readonly { of: keyof SearchView; name: string; hint: string }[] = [
  {
    of: 'refined',
    name: 'Refined',
    hint: 'Takes the square root of each embedding, centres it and evens out its strongest directions before comparing: what nearly all pictures share counts less. It takes neither labels nor training.',
  },
  {
    of: 'grouped',
    name: 'Group look-alikes',
    hint: 'Orders by shared neighbours: pictures that have the same pictures near them come together, even where one of them alone is less similar. Off: strictly by similarity.',
  },
];

/** How the neighbours are sought, each switch with what it changes in those shown. */
export function SearchOptions() {
  const { searchBy, setNeighbourCount } = useActions();
  const view = useSelected(searchView);
  const { result, count: wanted } = useSelected(({ similar }) => similar);
  return (
    <details className="search-options small">
      <summary>Options</summary>
      <label className="neighbour-count">
        Number of similar pictures
        <input
          type="range"
          min={FEWEST}
          max={MOST}
          step={4}
          value={wanted}
          onChange={({ target }) => setNeighbourCount(target.valueAsNumber)}
        />
        <span className="figure">{wanted}</span>
      </label>
      {SWITCHES.map(({ of, name, hint }) => (
        <p key={of} className="search-switch">
          <label className="check">
            <input type="checkbox" checked={view[of]} onChange={({ target }) => searchBy({ [of]: target.checked })} />
            {name}
          </label>
          {view[of] && result && result.fresh[of] !== null && result.neighbours.length > 0 && (
            <span className="muted">
              {result.fresh[of]} of {result.neighbours.length} new with it
            </span>
          )}
          <Term definition={hint}>?</Term>
        </p>
      ))}
      {result && (
        <p className="muted">
          {result.about}. Found in {result.milliseconds < 1 ? 'under 1' : count(result.milliseconds)} ms.
        </p>
      )}
    </details>
  );
}
