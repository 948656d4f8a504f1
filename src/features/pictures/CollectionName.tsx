import { useState } from 'react';
import { useActions } from '../../app/store/hooks';
import type { Dataset } from '../../core/records';
import { Icon } from '../../widgets/Icon';
import { RenameForm } from '../../widgets/RenameForm';

const MOST = 80;

/** A collection’s name, which can be changed in its place. */
export function CollectionName({ dataset }: { dataset: Dataset }) {
  const { renameDataset } = useActions();
  const [renaming, setRenaming] = useState(false);
  if (renaming)
    return (
      <RenameForm
        name={dataset.name}
        most={MOST}
        className="collection-name"
        onRename={(name) => renameDataset(dataset.id, name)}
        onDone={() => setRenaming(false)}
      />
    );
  return (
    <p className="collection-name">
      <bdi className="ellipsis" title={dataset.name}>
        {dataset.name}
      </bdi>
      <button
        type="button"
        className="button quiet icon"
        aria-label={`Rename ${dataset.name}`}
        title="Rename"
        onClick={() => setRenaming(true)}
      >
        <Icon name="pencil" />
      </button>
    </p>
  );
}
