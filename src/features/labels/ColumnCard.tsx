import { useMemo, useState } from 'react';
import { useActions } from '../../app/store/hooks';
import { count, counted } from '../../core/amounts';
import type { LabelColumn } from '../../core/labels/column';
import { classCounts, contentWords, labelled } from '../../core/labels/summary';
import { Icon } from '../../widgets/Icon';
import { RenameForm } from '../../widgets/RenameForm';

/** Classes drawn until all are asked for. */
const FIRST = 8;

interface ColumnCardProps {
  column: LabelColumn;
  /** Pictures of the data set. */
  of: number;
  /** null: what folders say cannot be deleted. */
  onDrop: (() => void) | null;
}

/** A label column: its classes with their pictures, each of which leads to those pictures. */
export function ColumnCard({ column, of, onDrop }: ColumnCardProps) {
  const { browse, renameClass } = useActions();
  const [renaming, setRenaming] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const classes = useMemo(() => (column.kind === 'class' ? classCounts(column) : []), [column]);
  const known = labelled(column);
  const most = classes[0]?.pictures ?? 1;
  return (
    <li className="column-card">
      <header>
        <h3>
          <bdi className="ellipsis">{column.name}</bdi>
        </h3>
        {onDrop && (
          <button
            type="button"
            className="button quiet icon"
            aria-label={`Delete labels ${column.name}`}
            title="Delete"
            onClick={onDrop}
          >
            <Icon name="bin" />
          </button>
        )}
      </header>
      <p className="small muted">
        {contentWords(column)} · {known === of ? 'all pictures' : `${count(known)} of ${counted(of, 'picture')}`}
      </p>
      <ul className="class-bars" aria-label={`Classes of ${column.name}`}>
        {classes.slice(0, all ? undefined : FIRST).map(({ name, pictures }) => (
          <li key={name}>
            {renaming === name ? (
              <RenameForm
                name={name}
                most={80}
                className="class-rename"
                onRename={(to) => void renameClass(column.name, name, to)}
                onDone={() => setRenaming(null)}
              />
            ) : (
              <button
                type="button"
                title={`Show these ${counted(pictures, 'picture')}`}
                onClick={() => browse({ chosen: [{ column: column.name, name }], words: '' })}
              >
                <bdi className="ellipsis">{name}</bdi>
                <span className="figure muted">{count(pictures)}</span>
                <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                  <rect width={(100 * pictures) / most} height="4" />
                </svg>
              </button>
            )}
            {onDrop && column.kind === 'class' && renaming !== name && (
              <button
                type="button"
                className="button quiet icon"
                aria-label={`Rename ${name}`}
                title="Rename; by the name of another class, it becomes part of that"
                onClick={() => setRenaming(name)}
              >
                <Icon name="pencil" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!all && classes.length > FIRST && (
        <button type="button" className="button quiet" onClick={() => setAll(true)}>
          Show all {count(classes.length)}
        </button>
      )}
    </li>
  );
}
