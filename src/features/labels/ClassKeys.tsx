import { useActions, useSelected } from '../../app/store/hooks';
import { classOrder } from '../../core/labels/summary';

/** Keys there are. */
const KEYS = 9;

/** The classes of the labels in use, each with its key: a click gives it to these pictures, else to the selection. */
export function ClassKeys({ rows }: { rows?: readonly number[] }) {
  const { labelByKey } = useActions();
  const column = useSelected(({ labels }) => labels.columns.find(({ name }) => name === labels.into));
  const some = useSelected(({ labels }) => (rows ?? labels.picking ?? []).length > 0);
  if (column?.kind !== 'class') return null;
  const classes = classOrder(column).slice(0, KEYS);
  const own = rows?.length === 1 ? column.values[rows[0]] : undefined;
  return (
    <div className="class-keys" role="toolbar" aria-label={`Label in “${column.name}”`}>
      {['No label', ...classes].map((name, key) => (
        <button
          key={name}
          type="button"
          className="chip"
          style={{ order: (key + KEYS) % (KEYS + 1) }}
          aria-keyshortcuts={String(key)}
          aria-pressed={own === undefined ? undefined : own === (key === 0 ? null : name)}
          disabled={!some}
          onClick={() => void labelByKey(key, rows)}
        >
          <kbd>{key}</kbd>
          <bdi className="ellipsis">{name}</bdi>
        </button>
      ))}
    </div>
  );
}
