import { useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useLookalike, useSelected } from '../../app/store/hooks';
import { bytes, count, counted } from '../../core/amounts';
import type { Dataset } from '../../core/records';
import { asideCount, heldCount, keptCount } from '../../core/set_aside';
import type { Usage } from '../../core/usage';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { Icon } from '../../widgets/Icon';
import { ModalDialog } from '../../widgets/ModalDialog';
import { CollectionName } from './CollectionName';
import { usePicker } from './Picker';

/** All collections in this browser: show, rename, add to, delete one; begin another. */
export function Collections({ onClose }: { onClose(): void }) {
  const { deleteDataset, usage, rescannable } = useActions();
  const datasets = useSelected(({ library }) => library.datasets);
  const { answer } = useAnswer(usage, datasets.map(({ id, count }) => `${id} ${count}`).join());
  const { answer: kept } = useAnswer(rescannable, datasets.map(({ id, count }) => `${id} ${count}`).join());
  const [doomed, setDoomed] = useState<Dataset | null>(null);
  return (
    <ModalDialog title="Collections" className="collections" onClose={onClose}>
      <ul className="dialog-body collection-list">
        {datasets.map((dataset) => (
          <Collection
            key={dataset.id}
            dataset={dataset}
            models={answer?.encoders.get(dataset.id) ?? null}
            rescans={kept?.has(dataset.id) ?? false}
            onClose={onClose}
            onDelete={() => setDoomed(dataset)}
          />
        ))}
      </ul>
      <NewCollection used={usedBy(datasets, answer)} onClose={onClose} />
      {doomed && (
        <ConfirmDialog
          title="Delete this collection?"
          confirm="Delete"
          onClose={() => setDoomed(null)}
          onConfirm={() => {
            setDoomed(null);
            if (datasets.length === 1) onClose();
            void deleteDataset(doomed.id);
          }}
        >
          <p>
            “<bdi>{doomed.name}</bdi>” with {counted(heldCount(doomed), 'picture')}, its labels and its models is
            removed from this browser. That cannot be undone. Your own files are not touched.
          </p>
        </ConfirmDialog>
      )}
    </ModalDialog>
  );
}

const usedBy = (datasets: readonly Dataset[], usage: Usage | null): number =>
  datasets.reduce((sum, { id, bytes }) => sum + bytes + (usage?.encoders.get(id)?.bytes ?? 0), usage?.weights ?? 0);

interface CollectionProps {
  dataset: Dataset;
  /** What its models take; null: not counted yet. */
  models: { count: number; bytes: number } | null;
  /** The handle of its folder is kept. */
  rescans: boolean;
  onClose(): void;
  onDelete(): void;
}

function Collection({ dataset, models, rescans, onClose, onDelete }: CollectionProps) {
  const { selectDataset, backUp, rescan } = useActions();
  const { tellCause } = useLookalike();
  const copying = useSelected(({ library }) => library.copying !== null);
  const { chooseFolder } = usePicker();
  const shown = useSelected(({ library }) => library.current === dataset.id);
  const importing = useSelected(({ library }) => library.importing?.dataset);
  const { id, name, complete } = dataset;
  return (
    <li className={shown ? 'collection current' : 'collection'}>
      <CollectionName dataset={dataset} />
      <p className="small muted">
        {counted(keptCount(dataset), 'picture')}
        {asideCount(dataset) > 0 && ` · ${count(asideCount(dataset))} set aside`} · {bytes(dataset.bytes)}
        {models && models.count > 0 && ` · ${counted(models.count, 'model')}, ${bytes(models.bytes)}`}
        {!complete && (id === importing ? ' · being imported' : ' · import not finished')}
      </p>
      <div className="collection-deeds">
        {shown ? (
          <span className="small muted shown">
            <Icon name="check" />
            Shown
          </span>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={`Show ${name}`}
            onClick={() => {
              void selectDataset(id);
              onClose();
            }}
          >
            Show
          </button>
        )}
        {rescans && (
          <button
            type="button"
            className="button quiet icon"
            aria-label={`Rescan the folder of ${name}`}
            title="Rescan its folder: adds what is new"
            disabled={importing !== undefined}
            onClick={() => {
              void rescan(id).catch(tellCause);
              onClose();
            }}
          >
            <Icon name="rescan" />
          </button>
        )}
        <button
          type="button"
          className="button quiet icon"
          aria-label={`Add pictures to ${name}`}
          title="Add a folder; of one that is in already, what is new"
          disabled={importing !== undefined}
          onClick={() => {
            chooseFolder(id);
            onClose();
          }}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          className="button quiet icon"
          aria-label={`Back up ${name}`}
          title="Back up"
          disabled={copying || id === importing}
          onClick={() => {
            void backUp(id);
            onClose();
          }}
        >
          <Icon name="save" />
        </button>
        <button
          type="button"
          className="button quiet icon"
          aria-label={`Delete ${name}`}
          title="Delete"
          disabled={id === importing}
          onClick={onDelete}
        >
          <Icon name="bin" />
        </button>
      </div>
    </li>
  );
}

/** The ways to another collection, below the list. `used`: bytes of all. */
function NewCollection({ used, onClose }: { used: number; onClose(): void }) {
  const { importSample } = useActions();
  const { chooseFolder, chooseFiles, chooseBackup } = usePicker();
  const then = (choose: () => void) => () => {
    choose();
    onClose();
  };
  return (
    <div className="dialog-foot spread collections-foot">
      <p className="small muted">
        {bytes(used)} used in this browser.
        {!window.showDirectoryPicker && ' It keeps no folders: to rescan one, add it again; only what is new is added.'}
      </p>
      <div>
        <button type="button" className="button quiet" onClick={then(() => void importSample())}>
          Sample pictures
        </button>
        <button type="button" className="button quiet" onClick={then(chooseBackup)}>
          Open a back-up
        </button>
      </div>
      <div>
        <button type="button" className="button" onClick={then(() => chooseFiles('new'))}>
          <Icon name="files" />
          Files
        </button>
        <button type="button" className="button primary" onClick={then(() => chooseFolder('new'))}>
          <Icon name="folder" />
          New collection
        </button>
      </div>
    </div>
  );
}
