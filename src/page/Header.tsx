import { useState } from 'react';
import { Credits } from '../app/frame/Credits';
import { useActions, useSelected } from '../app/store/hooks';
import type { Theme } from '../app/store/slices';
import { currentDataset } from '../app/store/store';
import { DataSets } from '../features/pictures/DataSets';
import { count } from '../widgets/amounts';
import { Icon, type IconName } from '../widgets/Icon';
import { More } from './More';
import { SearchWith } from './SearchWith';

const THEMES: Record<Theme, { next: Theme; icon: IconName; words: string }> = {
  system: { next: 'light', icon: 'half', words: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', words: 'Theme: light' },
  dark: { next: 'system', icon: 'moon', words: 'Theme: dark' },
};

/** Name of the page, the collection on it, the model that searches, and what concerns the whole. */
export function Header() {
  const { setTheme } = useActions();
  const theme = useSelected((state) => state.theme);
  const dataset = useSelected(currentDataset);
  const stored = useSelected(({ library }) => library.datasets.length > 0);
  const [open, setOpen] = useState<'data sets' | 'credits' | null>(null);
  const { next, icon, words } = THEMES[theme];
  return (
    <header className="top">
      <h1 className="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <circle cx="9" cy="12" r="6.5" />
          <circle cx="15" cy="12" r="6.5" />
        </svg>
        <span className="brand-word">Lookalike</span>
      </h1>
      {stored && (
        <button
          type="button"
          className="button quiet dataset-button"
          aria-haspopup="dialog"
          onClick={() => setOpen('data sets')}
        >
          {dataset ? (
            <>
              <span className="visually-hidden">Data sets, now </span>
              <bdi className="ellipsis">{dataset.name}</bdi>
              <span className="muted">{count(dataset.count)}</span>
            </>
          ) : (
            <span>Data sets</span>
          )}
          <Icon name="chevron" />
        </button>
      )}
      <div className="top-end">
        {dataset && <SearchWith />}
        <button
          type="button"
          className="button quiet icon"
          title={words}
          aria-label={words}
          onClick={() => setTheme(next)}
        >
          <Icon name={icon} />
        </button>
        <More onCredits={() => setOpen('credits')} />
      </div>
      {open === 'data sets' && <DataSets onClose={() => setOpen(null)} />}
      {open === 'credits' && <Credits onClose={() => setOpen(null)} />}
    </header>
  );
}
