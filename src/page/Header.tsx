import { useState } from 'react';
import { Credits } from '../app/frame/Credits';
import { useSelected } from '../app/store/hooks';
import { CollectionButton } from '../features/pictures/CollectionButton';
import { More } from './More';
import { SearchWith } from './SearchWith';
import { ThemeButton } from './ThemeButton';

/** Name of the page, the collection on it, the model that searches, and what concerns the whole. */
export function Header() {
  const showing = useSelected(({ library }) => library.current !== null);
  const [credits, setCredits] = useState(false);
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
      <div className="top-end">
        {showing && <SearchWith />}
        <ThemeButton />
        <More onCredits={() => setCredits(true)} />
      </div>
      {credits && <Credits onClose={() => setCredits(false)} />}
    </header>
  );
}
