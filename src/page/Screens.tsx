import { Activity, type ComponentType, lazy, Suspense } from 'react';
import type { Screen } from '../app/session/route';
import { useSelected } from '../app/store/hooks';
import { Explore } from './screens/Explore';
import { Models } from './screens/Models';
import { Train } from './screens/Train';

const OTHERS: Record<Exclude<Screen, 'explore'>, ComponentType> = {
  train: Train,
  models: Models,
  compare: lazy(async () => ({ default: (await import('../features/compare/Compare')).Compare })),
  labels: lazy(async () => ({ default: (await import('./screens/LabelsScreen')).LabelsScreen })),
  labs: lazy(async () => ({ default: (await import('./screens/Labs')).Labs })),
};

/** The screen of the address. Explore stays as it was left; the others are drawn anew. */
export function Screens() {
  const screen = useSelected((state) => state.screen);
  const Other = screen === 'explore' ? null : OTHERS[screen];
  return (
    <>
      <Activity mode={Other ? 'hidden' : 'visible'}>
        <Explore />
      </Activity>
      {Other && (
        <Suspense fallback={<p className="screen-wait muted">Loading…</p>}>
          <Other />
        </Suspense>
      )}
    </>
  );
}
