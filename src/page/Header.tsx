import { useState } from 'react';
import { Credits } from '../app/frame/Credits';
import { useSelected } from '../app/store/hooks';
import { Device } from '../features/labs/Device';
import { CollectionButton } from '../features/pictures/CollectionButton';
import { SearchField } from '../features/search/browse/SearchField';
import { ModalDialog } from '../widgets/ModalDialog';
import { Keys } from './Keys';
import { More } from './More';
import { SearchWith } from './SearchWith';
import { ThemeButton } from './ThemeButton';
import { useKeys } from './useKeys';

/** Name of the page, the collection on it, the model that searches, and what concerns the whole. */
export function Header() {
  const showing = useSelected(({ library }) => library.current !== null);
  const [open, setOpen] = useState<'credits' | 'device' | null>(null);
  const { help, showHelp } = useKeys();
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
        {showing && <SearchWith />}
        <ThemeButton />
        <More onCredits={() => setOpen('credits')} onDevice={() => setOpen('device')} onKeys={() => showHelp(true)} />
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
