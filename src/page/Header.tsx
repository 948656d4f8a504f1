import { useEffect, useState } from 'react';
import { useEncoders } from '../app/encoders/useEncoders';
import { Credits } from '../app/frame/Credits';
import { type Lookalike, useActions, useLookalike, useSelected } from '../app/store/hooks';
import { currentDataset, type Store } from '../app/store/store';
import { Device } from '../features/labs/Device';
import { CollectionButton } from '../features/pictures/CollectionButton';
import { SearchField } from '../features/search/browse/SearchField';
import { ModalDialog } from '../widgets/ModalDialog';
import { useMedia } from '../widgets/useMedia';
import { Keys } from './Keys';
import { More } from './More';
import { ThemeButton } from './ThemeButton';

/** Chooses which of the embedded encoders searches, where there is a choice; the neighbours on the page are asked for again at once. */
function SearchWith() {
  const { searchWith } = useActions();
  const { encoders, searching } = useEncoders();
  const expert = useSelected((state) => state.expert);
  // One that has learned nothing is for comparison.
  const able = encoders.filter(
    ({ id, kind, embedded }) => embedded && (expert || kind !== 'untrained' || id === searching),
  );
  if (able.length < 2) return null;
  return (
    <label className="search-with small">
      <span className="muted">Search with</span>
      <select
        className="field"
        aria-label="Search with"
        value={searching ?? ''}
        onChange={({ target }) => searchWith(target.value)}
      >
        {able.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Whether keys pressed here are text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=range], [type=checkbox]), textarea, select') !== null;

/**
 * The picture that a key is about, and what goes on to the next: the one in full size; where none are selected the one that has
 * the focus, else the one that is searched for.
 */
function pictureInFocus(store: Store): { row: number | null; next: EventTarget | null } {
  const { labels, similar, viewer } = store.getState();
  if (viewer) return { row: viewer.row, next: document };
  if (labels.picking && labels.picking.length > 0) return { row: null, next: null };
  const tile = document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
  return { row: tile ? Number(tile.dataset.row) : similar.row, next: tile };
}

/** Gives a label, and goes on to the next picture; or sets aside. */
function edit({ store, actions }: Pick<Lookalike, 'store' | 'actions'>, key: string): void {
  const { row, next } = pictureInFocus(store);
  const rows = row === null ? undefined : [row];
  if (!rows && !store.getState().labels.picking?.length) return;
  if (key !== 'x') {
    void actions.labelByKey(Number(key), rows);
    next?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    return;
  }
  void actions.setAside(rows, rows && !currentDataset(store.getState())?.setAside?.includes(rows[0]));
}

/**
 * Keys that work anywhere: `/` leads to the search field, `?` opens the help, 1 to 9 label pictures, X sets them aside,
 * Ctrl or Command and Z takes that back.
 */
function useKeys(): { help: boolean; showHelp(on: boolean): void } {
  const { store, actions } = useLookalike();
  const [help, showHelp] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || isTyping(event.target) || document.querySelector('dialog[open]:not(.viewer)')) return;
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && key === 'z') {
        event.preventDefault();
        void (event.shiftKey ? actions.redo() : actions.undo());
      }
      if (event.ctrlKey || event.metaKey) return;
      if (/^[0-9x]$/.test(key) && store.getState().screen === 'explore') edit({ store, actions }, key);
      if (event.key === '?') showHelp(true);
      if (event.key !== '/' || store.getState().viewer) return;
      const open = document.querySelector<HTMLElement>('.search-open');
      if (open?.checkVisibility()) open.click();
      else document.getElementById('search-pictures')?.focus();
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store, actions]);
  return { help, showHelp };
}

/** Name of the page, the collection on it, the model that searches, and what concerns the whole. */
export function Header() {
  const showing = useSelected(({ library }) => library.current !== null);
  const [open, setOpen] = useState<'credits' | 'device' | null>(null);
  const { help, showHelp } = useKeys();
  const narrow = useMedia('(max-width: 480px)');
  const searchWith = showing && <SearchWith />;
  const close = (): void => setOpen(null);
  return (
    <header className="top">
      <h1 className="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <circle cx="9" cy="12" r="6.5" />
          <circle cx="15" cy="12" r="6.5" />
        </svg>
        <span className="brand-word">Lookalike</span>
      </h1>
      <CollectionButton />
      {showing && <SearchField />}
      <div className="top-end">
        {!narrow && searchWith}
        <ThemeButton />
        <More onCredits={() => setOpen('credits')} onDevice={() => setOpen('device')} onKeys={() => showHelp(true)}>
          {narrow && searchWith}
        </More>
      </div>
      {help && <Keys onClose={() => showHelp(false)} />}
      {open === 'credits' && <Credits onClose={close} />}
      {open === 'device' && (
        <ModalDialog title="What trains here" onClose={close}>
          <div className="dialog-body">
            <Device />
          </div>
        </ModalDialog>
      )}
    </header>
  );
}
