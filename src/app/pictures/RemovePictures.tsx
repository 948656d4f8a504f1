import { useState } from 'react';
import { createPortal } from 'react-dom';
import { count, counted } from '../../core/amounts';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { Icon } from '../../widgets/Icon';
import { useActions, useSelected } from '../store/hooks';

/** Removes pictures that were set aside for good, once that is confirmed. */
export function RemovePictures({ rows }: { rows: readonly number[] }) {
  const { removePictures } = useActions();
  const busy = useSelected(({ labels }) => labels.busy);
  const [asked, setAsked] = useState(false);
  const pictures = counted(rows.length, 'picture');
  return (
    <>
      <button type="button" className="button quiet" disabled={busy} onClick={() => setAsked(true)}>
        <Icon name="bin" />
        Remove {count(rows.length)}
      </button>
      {asked &&
        createPortal(
          <ConfirmDialog
            title={`Remove ${pictures}?`}
            confirm={`Remove ${count(rows.length)}`}
            onClose={() => setAsked(false)}
            onConfirm={() => {
              setAsked(false);
              void removePictures(rows);
            }}
          >
            <p>
              What this browser keeps of {pictures} goes for good: thumbnails, pixels, labels and embeddings. That
              cannot be undone. Your own files are not touched; added again, they come in as new pictures.
            </p>
          </ConfirmDialog>,
          document.body,
        )}
    </>
  );
}
