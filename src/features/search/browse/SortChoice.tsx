import { useActions, useSelected } from '../../../app/store/hooks';
import type { Sort } from '../../../app/store/slices';
import { currentDataset } from '../../../app/store/store';
import { COMPARED } from '../../../core/compared';
import { Icon } from '../../../widgets/Icon';

/** What the pictures are put in order by. */
export function SortChoice() {
  const { browse } = useActions();
  const { sort, columns, names } = useSelected((state) => state.browse);
  const dated = names.some(({ changedAt }) => changedAt !== undefined);
  const count = useSelected((state) => currentDataset(state)?.count ?? 0);
  const chosen = useSelected(({ similar }) => similar.query.length > 0);
  const searched = useSelected(({ encoders }) => encoders.embedded.size > 0);
  return (
    <label className="sort-choice sort-pictures" title="Sort">
      <span className="muted">Sort</span>
      <Icon name="sort" />
      <select
        className="field"
        aria-label="Sort"
        value={sort}
        onChange={({ target }) => browse({ sort: target.value as Sort })}
      >
        <option value="imported">As imported</option>
        <option value="name">Name</option>
        <option value="bytes">Largest file</option>
        {dated && <option value="changed">Newest file</option>}
        {columns.map(({ name }) => (
          <option key={name} value={`label ${name}`}>
            {name === 'folder' ? 'Folder' : name}
          </option>
        ))}
        <option value="like" disabled={!searched || (!chosen && sort !== 'like')}>
          Most like the search
        </option>
        {count <= COMPARED && (
          <option value="unusual" disabled={!searched}>
            Most unusual
          </option>
        )}
      </select>
    </label>
  );
}
