import { useActions, useSelected } from '../../app/store/hooks';
import { searchView } from '../../app/store/store';
import type { SearchView } from '../../core/search_view';
import { Term } from '../../widgets/Term';

interface SwitchWords {
  of: keyof SearchView;
  name: string;
  hint: string;
}

const SWITCHES: readonly SwitchWords[] = [
  {
    of: 'refined',
    name: 'Refined',
    hint: 'Evens out the embedding before comparing: what nearly all pictures share, and the few directions in which they differ most, count less. It takes neither labels nor training.',
  },
  {
    of: 'grouped',
    name: 'Group look-alikes',
    hint: 'Orders by shared neighbours: pictures that have the same pictures near them come together, even where one of them alone is less similar. Off: strictly by similarity.',
  },
];

/** How the neighbours are sought, each switch with what it changes in those shown. */
export function SearchSwitches() {
  const { searchBy } = useActions();
  const view = useSelected(searchView);
  const result = useSelected(({ similar }) => similar.result);
  return (
    <div className="search-switches small">
      {SWITCHES.map(({ of, name, hint }) => (
        <span key={of} className="search-switch">
          <label className="check">
            <input type="checkbox" checked={view[of]} onChange={({ target }) => searchBy({ [of]: target.checked })} />
            {name}
          </label>
          {view[of] && result && result.neighbours.length > 0 && (
            <span className="muted">
              {result.fresh[of]} of {result.neighbours.length} new with it
            </span>
          )}
          <Term definition={hint}>?</Term>
        </span>
      ))}
    </div>
  );
}
