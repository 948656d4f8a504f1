import { useRef, useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import type { LabelColumn } from '../../core/labels/column';
import { contentWords, labelled } from '../../core/labels/summary';
import { count, counted } from '../../widgets/amounts';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';

/** What is known of the pictures: by folder, by a table, by hand. Used to judge, never to learn. */
export function LabelColumns() {
  const { takeLabels, pickPictures, dropLabels } = useActions();
  const dataset = useSelected(currentDataset);
  const { columns, message, busy, picking } = useSelected(({ labels }) => labels);
  const input = useRef<HTMLInputElement>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  if (!dataset) return null;
  const folders = Object.values(dataset.labels);
  const none = folders.length === 0 && columns.length === 0;
  return (
    <Panel title="Labels" className="label-columns">
      {none ? (
        <p className="muted">
          No picture has a label yet. They are never used to learn: they say how well an embedding serves.
        </p>
      ) : (
        <ul className="column-list">
          {folders.length > 0 && (
            <li>
              <span className="column-name">folder</span>
              <span className="small muted">
                {counted(folders.length, 'class', 'classes')} ·{' '}
                {share(
                  folders.reduce((a, b) => a + b, 0),
                  dataset.count,
                )}
              </span>
            </li>
          )}
          {columns.map((column) => (
            <Column key={column.name} column={column} of={dataset.count} onDrop={() => setDoomed(column.name)} />
          ))}
        </ul>
      )}
      <div className="button-row">
        <button type="button" className="button" disabled={busy} onClick={() => input.current?.click()}>
          <Icon name="files" />
          Labels from a CSV file
        </button>
        <button type="button" className="button" disabled={picking !== null} onClick={() => pickPictures(true)}>
          <Icon name="check" />
          Label by clicking
        </button>
      </div>
      <p className="small muted" aria-live="polite">
        {message ||
          'A table names each picture by path or file name in one column; every other column becomes labels: text as classes, numbers as targets. Drop it anywhere on the page.'}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,text/csv"
        aria-label="CSV file of labels"
        data-testid="labels-input"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) takeLabels(file);
          currentTarget.value = '';
        }}
      />
      {doomed !== null && (
        <ConfirmDialog
          title="Delete these labels?"
          confirm="Delete"
          onClose={() => setDoomed(null)}
          onConfirm={() => {
            dropLabels(doomed);
            setDoomed(null);
          }}
        >
          <p>
            The labels “<bdi>{doomed}</bdi>” and what tests found by them are removed. Pictures and runs stay as they
            are.
          </p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

const share = (known: number, of: number): string =>
  known === of ? 'all pictures' : `${count(known)} of ${counted(of, 'picture')}`;

function Column({ column, of, onDrop }: { column: LabelColumn; of: number; onDrop(): void }) {
  return (
    <li>
      <bdi className="column-name ellipsis">{column.name}</bdi>
      <span className="small muted">
        {contentWords(column)} · {share(labelled(column), of)}
      </span>
      <button
        type="button"
        className="button quiet icon"
        aria-label={`Delete labels ${column.name}`}
        title="Delete"
        onClick={onDrop}
      >
        <Icon name="bin" />
      </button>
    </li>
  );
}
