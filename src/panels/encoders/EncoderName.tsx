import { type FormEvent, useState } from 'react';
import type { Encoder } from '../../core/encoders/encoder';
import { useActions } from '../../state/hooks';

const MOST = 60;

/** The form in which a run gets another name; Escape leaves it as it was. */
export function EncoderName({ encoder, onDone }: { encoder: Encoder; onDone(): void }) {
  const { renameEncoder } = useActions();
  const [name, setName] = useState(encoder.name);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    renameEncoder(encoder.id, name);
    onDone();
  };
  return (
    <form className="encoder-rename" onSubmit={save}>
      <input
        className="field"
        aria-label={`New name of ${encoder.name}`}
        value={name}
        maxLength={MOST}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onDone()}
      />
      <button type="submit" className="button" disabled={name.trim() === ''}>
        Save
      </button>
    </form>
  );
}
