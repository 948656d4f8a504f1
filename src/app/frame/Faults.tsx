import { useEffect, useState } from 'react';
import { Icon } from '../../widgets/Icon';
import { useActions, useLookalike, useSelected } from '../store/hooks';
import { reportText } from './report';

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
      {faults.map(({ id, kind, message, advice }) => (
        <div key={id} role="alert" className="fault">
          <Icon name="alert" />
          <div className="fault-words">
            <p>{message}</p>
            {advice && <p className="muted">{advice}</p>}
          </div>
          {kind === 'bug' && <CopyDetails message={message} />}
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

/** Copies what helps to mend a mistake of ours: version, browser, device, what went on; nothing of the pictures. */
function CopyDetails({ message }: { message: string }) {
  const { store } = useLookalike();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(reportText(store.getState(), { message })).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <button type="button" className="button quiet" onClick={copy}>
      {copied ? 'Copied' : 'Copy details'}
    </button>
  );
}

function Note({ words }: { words: string }) {
  const { dismissNote, undo } = useActions();
  const canUndo = useSelected(({ labels }) => labels.past.at(-1)?.words === words);
  useEffect(() => {
    const timer = setTimeout(dismissNote, NOTED);
    return () => clearTimeout(timer);
  }, [dismissNote]);
  return (
    <div className="fault note-line">
      <Icon name="check" />
      <p>{words}</p>
      {canUndo && (
        <button type="button" className="button quiet" title="Ctrl Z" onClick={() => void undo()}>
          Undo
        </button>
      )}
      <button type="button" className="button quiet icon" aria-label="Dismiss note" onClick={dismissNote}>
        <Icon name="close" />
      </button>
    </div>
  );
}
