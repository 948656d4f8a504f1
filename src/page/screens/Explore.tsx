import { type KeyboardEvent, lazy, Suspense, useEffect, useRef } from 'react';
import { FIRST_PICTURE } from '../../app/frame/firstPicture';
import { useActions, useLookalike, useSelected } from '../../app/store/hooks';
import { ModeChoice } from '../../features/explore/ModeChoice';
import { ClassKeys } from '../../features/labels/ClassKeys';
import { LabelBar } from '../../features/labels/LabelBar';
import { LabelThis } from '../../features/labels/LabelThis';
import { SetAsideThis } from '../../features/labels/SetAsideThis';
import { Pictures } from '../../features/pictures/Pictures';
import { SkippedFiles } from '../../features/pictures/SkippedFiles';
import { TakeAwayButton } from '../../features/pictures/takeaway/TakeAwayButton';
import { Filters } from '../../features/search/browse/Filters';
import { SortChoice } from '../../features/search/browse/SortChoice';
import { Similar } from '../../features/search/Similar';

const PictureMap = lazy(async () => ({
  default: (await import('../../features/explore/map/PictureMap')).PictureMap,
}));
const TidyUp = lazy(async () => ({ default: (await import('../../features/explore/TidyUp')).TidyUp }));

/** All pictures; the chosen one and those like it in a drawer beside them, over them on a phone. */
export function Explore() {
  const { select, pickPictures } = useActions();
  const { store } = useLookalike();
  const { query, row } = useSelected(({ similar }) => similar);
  const mode = useSelected(({ browse }) => browse.mode);
  const open = query.length > 0;
  const grid = useRef<HTMLDivElement>(null);
  const drawer = useRef<HTMLElement>(null);
  const wasOpen = useRef(open);

  useEffect(() => {
    // On a phone the drawer covers the pictures, and the keyboard moves into it.
    if (open && grid.current?.checkVisibility({ visibilityProperty: true }) === false) drawer.current?.focus();
    // Closed with the focus in it, it gives that to the picture it showed.
    if (wasOpen.current && !open && document.activeElement === document.body)
      document.querySelector<HTMLElement>(FIRST_PICTURE)?.focus();
    wasOpen.current = open;
  }, [open]);

  // Another query begins at the top.
  useEffect(() => {
    if (query.length > 0) drawer.current?.scrollTo({ top: 0 });
  }, [query]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const elsewhere = event.target instanceof Element && event.target.closest('dialog');
    if (event.key !== 'Escape' || event.defaultPrevented || elsewhere) return;
    if (store.getState().labels.picking) pickPictures(false);
    else if (open) select(null);
  };

  const bar = <LabelBar more={<TakeAwayButton />} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works wherever the focus is in it.
    <div className={open ? 'explore open' : 'explore'} tabIndex={-1} onKeyDown={onKeyDown}>
      <div ref={grid} className="explore-grid">
        {mode === 'pictures' && (
          <>
            <Pictures selection={bar} modes={<ModeChoice />} filters={<Filters />} sort={<SortChoice />} />
            <SkippedFiles />
          </>
        )}
        <Suspense fallback={<p className="screen-wait muted">Loading…</p>}>
          {mode === 'map' && <PictureMap selection={bar} modes={<ModeChoice />} />}
          {mode === 'tidy' && <TidyUp selection={bar} modes={<ModeChoice />} keys={<ClassKeys />} />}
        </Suspense>
      </div>
      {open && (
        <aside ref={drawer} className="explore-drawer" tabIndex={-1} aria-label="The search">
          <Similar
            deeds={
              row !== null && (
                <>
                  <SetAsideThis row={row} />
                  <LabelThis key={row} row={row} />
                </>
              )
            }
            labels={row !== null && <ClassKeys rows={[row]} />}
          />
        </aside>
      )}
    </div>
  );
}
