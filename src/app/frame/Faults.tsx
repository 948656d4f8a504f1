import { useEffect } from 'react';
import { Icon } from '../../widgets/Icon';
import { useActions, useSelected } from '../store/hooks';

/** Milliseconds that a note stays. */
const NOTED = 10_000;

/** What went wrong and what to do now, over the page until it is put away; what came of something, for a while. */
export function Faults() {
  const { dismissFault } = useActions();
  const faults = useSelected((state) => state.faults);
  const note = useSelected((state) => state.note);
  return (
    <aside className="faults" aria-label="Messages">
      <div aria-live="polite">{note !== '' && <Note key={note} words={note} />}</div>
      {faults.map(({ id, message, advice }) => (
        <div key={id} role="alert" className="fault">
          <Icon name="alert" />
          <div className="fault-words">
            <p>{message}</p>
            {advice && <p className="muted">{advice}</p>}
          </div>
          <button
            type="button"
            className="button quiet icon"
            aria-label="Dismiss message"
            onClick={() => dismissFault(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </aside>
  );
}

function Note({ words }: { words: string }) {
  const { dismissNote } = useActions();
  useEffect(() => {
    const timer = setTimeout(dismissNote, NOTED);
    return () => clearTimeout(timer);
  }, [dismissNote]);
  return (
    <div className="fault note-line">
      <Icon name="check" />
      <p>{words}</p>
      <button type="button" className="button quiet icon" aria-label="Dismiss note" onClick={dismissNote}>
        <Icon name="close" />
      </button>
    </div>
  );
}
