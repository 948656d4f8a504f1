import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { OWN_LABELS } from '../../app/store/store';
import { classCounts } from '../../core/labels/summary';
import { counted } from '../../widgets/amounts';

/** Above the pictures while they are chosen: gives those chosen a label, or takes it away. */
export function LabelBar() {
  const { giveLabel, labelInto, pickPictures } = useActions();
  const { columns, into: column, picking, busy, message } = useSelected(({ labels }) => labels);
  const [label, setLabel] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  // Whoever has just asked to label types next, or clicks pictures first: both without another step.
  useEffect(() => field.current?.focus(), []);
  const classColumns = columns.filter(({ kind }) => kind === 'class').map(({ name }) => name);
  const known = columns.find(({ name }) => name === column);
  const chosen = picking?.length ?? 0;
  const usable = chosen > 0 && label.trim() !== '' && column.trim() !== '' && !busy;
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (usable) giveLabel(column.trim(), label.trim());
  };
  return (
    <form className="label-bar" onSubmit={give} aria-label="Label pictures">
      <label>
        <span className="small muted">Labels</span>
        <input
          className="field"
          list={`${id}-columns`}
          value={column}
          maxLength={80}
          onChange={({ target }) => labelInto(target.value)}
        />
      </label>
      <label>
        <span className="small muted">Label</span>
        <input
          ref={field}
          className="field"
          list={`${id}-names`}
          value={label}
          maxLength={80}
          onChange={({ target }) => setLabel(target.value)}
        />
      </label>
      <datalist id={`${id}-columns`}>
        {[...new Set([OWN_LABELS, ...classColumns])].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${id}-names`}>
        {known && classCounts(known).map(({ name }) => <option key={name} value={name} />)}
      </datalist>
      <div className="button-row">
        <button type="submit" className="button primary" disabled={!usable}>
          Label {counted(chosen, 'picture')}
        </button>
        <button
          type="button"
          className="button"
          disabled={chosen === 0 || !known || busy}
          onClick={() => giveLabel(column.trim(), null)}
        >
          Take label away
        </button>
        <button type="button" className="button quiet" onClick={() => pickPictures(false)}>
          Done
        </button>
      </div>
      <p className="small muted" aria-live="polite">
        {message || 'Click pictures to choose them, with Shift all up to one.'}
      </p>
    </form>
  );
}
