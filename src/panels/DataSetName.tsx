import { type FormEvent, useState } from 'react';
import type { Dataset } from '../core/records';
import { useActions } from '../state/hooks';
import { Icon } from '../widgets/Icon';

const MOST = 80;

/** A data set's name, which can be changed in its place. */
export function DataSetName({ dataset }: { dataset: Dataset }) {
  const { renameDataset } = useActions();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <p className="data-set-name">
        <bdi className="ellipsis" title={dataset.name}>
          {dataset.name}
        </bdi>
        <button
          type="button"
          className="button quiet icon"
          aria-label={`Rename ${dataset.name}`}
          title="Rename"
          onClick={() => setDraft(dataset.name)}
        >
          <Icon name="pencil" />
        </button>
      </p>
    );
  }
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.trim() !== '') renameDataset(dataset.id, draft);
    setDraft(null);
  };
  return (
    <form className="data-set-name" onSubmit={save}>
      <input
        className="field"
        aria-label={`New name of ${dataset.name}`}
        value={draft}
        maxLength={MOST}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here.
        autoFocus
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The dialog around it stays open.
          event.preventDefault();
          setDraft(null);
        }}
      />
      <button type="submit" className="button">
        Save
      </button>
    </form>
  );
}
