import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useSelected } from '../../../app/store/hooks';
import { Icon } from '../../../widgets/Icon';
import { TakeAwayDialog } from './TakeAwayDialog';

/** Hands out the selected pictures as files. */
export function TakeAwayButton() {
  const picking = useSelected(({ labels }) => labels.picking);
  const busy = useSelected(({ library }) => library.copying !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-haspopup="dialog"
        title="Download"
        disabled={!picking?.length || busy}
        onClick={() => setOpen(true)}
      >
        <Icon name="save" />
        <span className="deed-words">Download</span>
      </button>
      {open &&
        picking &&
        // Outside of the menu that it may lie in, and that closes.
        createPortal(<TakeAwayDialog rows={picking} onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
