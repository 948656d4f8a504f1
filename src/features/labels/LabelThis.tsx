import { type FormEvent, useId, useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { classCounts } from '../../core/labels/summary';
import { Icon } from '../../widgets/Icon';

/** Gives one picture a label, in the column that labels go into. */
export function LabelThis({ row }: { row: number }) {
  const { giveLabel } = useActions();
  const { columns, into, busy } = useSelected(({ labels }) => labels);
  const [label, setLabel] = useState<string | null>(null);
  const id = useId();
  const known = columns.find(({ name }) => name === into);
  if (label === null)
    return (
      <button type="button" className="button" title="Label this" onClick={() => setLabel('')}>
        <Icon name="tag" />
        <span className="deed-words">Label this</span>
      </button>
    );
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (label.trim() === '') return;
    void giveLabel(into, label.trim(), [row]);
    setLabel(null);
  };
  return (
    <form className="label-this" onSubmit={give}>
      <input
        className="field"
        aria-label={`Label in “${into}”`}
        placeholder="Label"
        list={id}
        value={label}
        maxLength={80}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        onChange={({ target }) => setLabel(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          event.preventDefault(); // or it would close a dialog, too
          setLabel(null);
        }}
      />
      <datalist id={id}>{known && classCounts(known).map(({ name }) => <option key={name} value={name} />)}</datalist>
      <button type="submit" className="button" disabled={label.trim() === '' || busy}>
        Save
      </button>
    </form>
  );
}
