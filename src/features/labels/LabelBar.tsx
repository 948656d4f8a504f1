import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { RemovePictures } from '../../app/pictures/RemovePictures';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset, OWN_LABELS } from '../../app/store/store';
import { count, counted } from '../../core/amounts';
import { classCounts } from '../../core/labels/summary';
import { Icon } from '../../widgets/Icon';
import { Menu } from '../../widgets/Menu';
import { useSize } from '../../widgets/zoom/useSize';
import { ClassKeys } from './ClassKeys';

/** Widths in rem that have room for everything: usually, and beside a longer word. */
const USUALLY = 42;
const LONGER = 50;

const remPixels = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

interface LabelBarProps {
  /** What else can be done with the selected pictures. */
  more: ReactNode;
}

/** What can be done with the selected pictures, while there are any: it lies over the tools, so that no picture moves. */
export function LabelBar({ more }: LabelBarProps) {
  const picking = useSelected(({ labels }) => labels.picking !== null);
  return picking && <Bar more={more} />;
}

function Bar({ more }: LabelBarProps) {
  const { giveLabel, labelInto, pickPictures, pickAll, search, setAside } = useActions();
  const aside = useSelected(({ browse }) => browse.aside);
  const { columns, into: column, picking, busy } = useSelected(({ labels }) => labels);
  const listed = useSelected(({ browse }) => browse.listed ?? browse.rows);
  const total = useSelected((state) => listed?.length ?? currentDataset(state)?.count ?? 0);
  const [label, setLabel] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const bar = useRef<HTMLFormElement>(null);
  const { width } = useSize(bar);
  const measured = width > 0;
  const roomFor = (rem: number): boolean => !measured || width >= rem * remPixels();
  const narrow = !roomFor(aside ? LONGER : USUALLY);
  const classColumns = columns.filter(({ kind }) => kind === 'class').map(({ name }) => name);
  const known = columns.find(({ name }) => name === column);
  // Who has just asked to label the first pictures types next; later keys do, and whoever selects with them stays there.
  useEffect(() => {
    if (measured && !known && !document.activeElement?.closest('[role=listbox]')) field.current?.focus();
  }, [known, measured]);
  const chosen = picking?.length ?? 0;
  const labels = chosen > 0 || roomFor(LONGER);
  const usable = chosen > 0 && label.trim() !== '' && column.trim() !== '' && !busy;
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (usable) void giveLabel(column.trim(), label.trim());
  };
  const deeds = (
    <>
      <button type="button" className="button quiet" onClick={() => pickAll(chosen < total)}>
        {chosen < total ? 'Select all' : 'Clear'}
      </button>
      <button
        type="button"
        className="button quiet"
        title="Find similar"
        disabled={chosen === 0}
        onClick={() => {
          search([{ rows: picking ?? [], unlike: false }]);
          pickPictures(false);
        }}
      >
        <Icon name="look" />
        <span className="deed-words">Find similar</span>
      </button>
      <button
        type="button"
        className="button quiet"
        aria-keyshortcuts="X"
        title={
          aside ? 'Restore' : 'Set aside: hides them from the pictures, search, training and tests (X); deletes nothing'
        }
        disabled={chosen === 0 || busy}
        onClick={() => void setAside()}
      >
        <Icon name="aside" />
        <span className="deed-words">{aside ? 'Restore' : 'Set aside'}</span>
      </button>
      {aside && chosen > 0 && <RemovePictures rows={picking ?? []} />}
      {more}
    </>
  );
  return (
    <form
      ref={bar}
      className={narrow ? 'label-bar label-narrow' : 'label-bar'}
      onSubmit={give}
      aria-label="Label pictures"
    >
      <button
        type="button"
        className="button quiet icon"
        aria-label="Done"
        title="Done (Escape)"
        onClick={() => pickPictures(false)}
      >
        <Icon name="close" />
      </button>
      {chosen > 0 ? (
        <strong className="label-count">{count(chosen)} selected</strong>
      ) : (
        <span className="label-count" title="With Shift, all up to one">
          Click pictures to select them
        </span>
      )}
      {!narrow && deeds}
      {labels && (
        <>
          <input
            ref={field}
            className="field"
            aria-label="Label"
            placeholder="Label"
            list={`${id}-names`}
            value={label}
            maxLength={80}
            onChange={({ target }) => setLabel(target.value)}
          />
          <button type="submit" className="button primary" disabled={!usable}>
            Label<span className="visually-hidden">{chosen > 0 && ` ${counted(chosen, 'picture')}`}</span>
          </button>
        </>
      )}
      <Menu label="More" className="label-more">
        {narrow && deeds}
        <label className="label-into">
          <span className="muted">Labels go into</span>
          <input
            className="field"
            aria-label="Labels"
            list={`${id}-columns`}
            value={column}
            maxLength={80}
            onChange={({ target }) => labelInto(target.value)}
          />
        </label>
      </Menu>
      <datalist id={`${id}-columns`}>
        {[...new Set([OWN_LABELS, ...classColumns])].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${id}-names`}>
        {known && classCounts(known).map(({ name }) => <option key={name} value={name} />)}
      </datalist>
      <ClassKeys />
    </form>
  );
}
