import { useState } from 'react';
import { mayAsk } from '../../app/session/endNotice';

/** Asks for notifications while a run is under way, which is when they are of use; gone once answered. */
export function EndNotice() {
  const [open, setOpen] = useState(mayAsk);
  if (!open) return null;
  return (
    <button
      type="button"
      className="button quiet"
      onClick={() => void Notification.requestPermission().then(() => setOpen(mayAsk()))}
    >
      Tell me when it ends
    </button>
  );
}
