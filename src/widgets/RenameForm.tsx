import { type FormEvent, useState } from 'react';

interface RenameFormProps {
  name: string;
  /** Characters at most. */
  most: number;
  className: string;
  onRename(name: string): void;
  /** Renamed or not: the form closes. */
  onDone(): void;
}

/** A field in the place of a name, to change it. An empty name changes nothing; Escape leaves it as it was. */
export function RenameForm({ name, most, className, onRename, onDone }: RenameFormProps) {
  const [draft, setDraft] = useState(name);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.trim() !== '') onRename(draft);
    onDone();
  };
  return (
    <form className={className} onSubmit={save}>
      <input
        className="field"
        aria-label={`New name of ${name}`}
        value={draft}
        maxLength={most}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // A dialog around it stays open.
          event.preventDefault();
          onDone();
        }}
      />
      <button type="submit" className="button">
        Save
      </button>
    </form>
  );
}
