import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count, counted } from '../../widgets/amounts';

/** How many pictures there are of each label, behind a word that opens the list. */
export function Labels() {
  const labels = useSelected((state) => currentDataset(state)?.labels);
  const list = Object.entries(labels ?? {}).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  if (list.length === 0) return null;
  return (
    <details
      className="labels"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
    >
      <summary>{counted(list.length, 'label')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing that Tab could reach. */}
      <ul tabIndex={0} aria-label="Pictures of each label">
        {list.map(([label, pictures]) => (
          <li key={label}>
            <bdi className="ellipsis">{label}</bdi>
            <span className="muted">{count(pictures)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
