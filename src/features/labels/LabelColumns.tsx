import { useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { columnWithoutAside, keptCount } from '../../core/set_aside';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { download, fileName } from '../../widgets/download';
import { FileButton } from '../../widgets/FileButton';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';
import { ColumnCard } from './ColumnCard';
import { labelsCsv } from './labelsCsv';

/** What is known of the pictures: by folder, by a table, by hand. Used to evaluate, never to learn. */
export function LabelColumns() {
  const { takeLabels, pickPictures, dropLabels, browse } = useActions();
  const dataset = useSelected(currentDataset);
  const { message, busy, columns: given, into } = useSelected(({ labels }) => labels);
  const begun = given.some(({ name }) => name === into);
  const { names, columns } = useSelected(({ browse }) => browse);
  const [doomed, setDoomed] = useState<string | null>(null);
  if (!dataset) return null;
  const save = (): void => {
    const text = labelsCsv({ names, columns });
    download(`${fileName(dataset.name)}-labels.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  };
  return (
    <Panel
      title="Labels"
      className="label-columns"
      actions={
        <>
          <FileButton
            className="button"
            disabled={busy}
            accept=".csv,text/csv"
            input="CSV file of labels"
            testId="labels-input"
            onFile={takeLabels}
          >
            <Icon name="files" />
            Labels from a CSV file
          </FileButton>
          <button type="button" className="button" disabled={columns.length === 0} onClick={save}>
            <Icon name="save" />
            Save as CSV
          </button>
          <button
            type="button"
            className="button"
            onClick={() => browse({ mode: 'tidy', tidy: begun ? 'suggest' : 'diverse' })}
          >
            <Icon name="tidy" />
            {begun ? 'Suggest labels' : 'Diverse sample'}
          </button>
          <button
            type="button"
            className="button primary"
            onClick={() => {
              browse({ mode: 'pictures' });
              pickPictures(true);
            }}
          >
            <Icon name="check" />
            Label by clicking
          </button>
        </>
      }
    >
      <p className="muted" aria-live="polite">
        {message ||
          (columns.length === 0
            ? 'No picture has a label yet. Label a diverse sample, and have the rest suggested.'
            : 'Choose a label to see its pictures. Label a few by hand, and have the rest suggested. No model learns from labels; they say how well it finds.')}
      </p>
      <ul className="column-list">
        {columns.map((column) => (
          <ColumnCard
            key={column.name}
            column={columnWithoutAside(column, dataset.setAside ?? [])}
            of={keptCount(dataset)}
            onDrop={given.includes(column) ? () => setDoomed(column.name) : null}
          />
        ))}
      </ul>
      <details className="small muted">
        <summary>How a CSV file is read</summary>
        One column names each picture by path or file name; every other column becomes labels: text as classes, numbers
        as targets. Drop it anywhere on the page.
      </details>
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
            The labels “<bdi>{doomed}</bdi>” and what tests found by them are removed. Pictures and models stay as they
            are.
          </p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
