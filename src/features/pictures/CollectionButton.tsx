import { useState } from 'react';
import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count } from '../../core/amounts';
import { keptCount } from '../../core/set_aside';
import { Icon } from '../../widgets/Icon';
import { Collections } from './Collections';

/** Names the collection on the page, and opens the list of all. */
export function CollectionButton() {
  const dataset = useSelected(currentDataset);
  const stored = useSelected(({ library }) => library.datasets.length > 0);
  const [open, setOpen] = useState(false);
  if (!stored) return null;
  return (
    <>
      <button
        type="button"
        className="button quiet collection-button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {dataset ? (
          <>
            <span className="visually-hidden">Collections, now </span>
            <bdi className="ellipsis">{dataset.name}</bdi>
            <span className="collection-count muted">{count(keptCount(dataset))}</span>
          </>
        ) : (
          <span>Collections</span>
        )}
        <Icon name="chevron" />
      </button>
      {open && <Collections onClose={() => setOpen(false)} />}
    </>
  );
}
