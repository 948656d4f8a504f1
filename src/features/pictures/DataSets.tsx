import { useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import type { Dataset } from '../../core/records';
import { bytes, counted } from '../../widgets/amounts';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { Icon } from '../../widgets/Icon';
import { ModalDialog } from '../../widgets/ModalDialog';
import { DataSetName } from './DataSetName';

/** All sets of pictures in this browser: show, rename, delete one. */
export function DataSets({ onClose }: { onClose(): void }) {
  const { selectDataset, deleteDataset, importSample } = useActions();
  const datasets = useSelected(({ library }) => library.datasets);
  const current = useSelected(({ library }) => library.current);
  const importing = useSelected(({ library }) => library.importing?.dataset);
  const [doomed, setDoomed] = useState<Dataset | null>(null);
  const used = datasets.reduce((sum, dataset) => sum + dataset.bytes, 0);
  return (
    <ModalDialog title="Data sets" className="data-sets" onClose={onClose}>
      <ul className="dialog-body data-set-list">
        {datasets.map((dataset) => (
          <li key={dataset.id} className={dataset.id === current ? 'data-set current' : 'data-set'}>
            <DataSetName dataset={dataset} />
            <p className="small muted">
              {counted(dataset.count, 'picture')} · {bytes(dataset.bytes)}
              {!dataset.complete && (dataset.id === importing ? ' · being imported' : ' · import not finished')}
            </p>
            <div className="data-set-deeds">
              {dataset.id === current ? (
                <span className="small muted shown">
                  <Icon name="check" />
                  Shown
                </span>
              ) : (
                <button
                  type="button"
                  className="button"
                  aria-label={`Show ${dataset.name}`}
                  onClick={() => {
                    void selectDataset(dataset.id);
                    onClose();
                  }}
                >
                  Show
                </button>
              )}
              <button
                type="button"
                className="button quiet icon"
                aria-label={`Delete ${dataset.name}`}
                title="Delete"
                disabled={dataset.id === importing}
                onClick={() => setDoomed(dataset)}
              >
                <Icon name="bin" />
              </button>
            </div>
          </li>
        ))}
      </ul>
      <div className="dialog-foot spread">
        <p className="small muted">
          {bytes(used)} used in this browser. For another data set drop a folder, or choose one above the pictures.
        </p>
        <button
          type="button"
          className="button"
          onClick={() => {
            void importSample();
            onClose();
          }}
        >
          Try with sample pictures
        </button>
      </div>
      {doomed && (
        <ConfirmDialog
          title="Delete this data set?"
          confirm="Delete"
          onClose={() => setDoomed(null)}
          onConfirm={() => {
            setDoomed(null);
            if (datasets.length === 1) onClose();
            void deleteDataset(doomed.id);
          }}
        >
          <p>
            “<bdi>{doomed.name}</bdi>” with {counted(doomed.count, 'picture')}, its runs, checkpoints and embeddings is
            removed from this browser. That cannot be undone. Your own files are not touched.
          </p>
        </ConfirmDialog>
      )}
    </ModalDialog>
  );
}
