import { useEncoders } from '../app/encoders/useEncoders';
import { useActions } from '../app/store/hooks';

/** Chooses which of the embedded encoders searches; the neighbours on the page are asked for again at once. */
export function SearchWith() {
  const { searchWith } = useActions();
  const { encoders, searching } = useEncoders();
  const able = encoders.filter(({ embedded }) => embedded);
  if (able.length === 0) return null;
  return (
    <label className="search-with small">
      <span className="muted">Search with</span>
      <select
        className="field"
        aria-label="Search with"
        value={searching ?? ''}
        onChange={({ target }) => searchWith(target.value)}
      >
        {able.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
