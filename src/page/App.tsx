import { lazy, Suspense } from 'react';
import { Faults } from '../app/frame/Faults';
import { FIRST_PICTURE } from '../app/frame/firstPicture';
import { StatusBar } from '../app/frame/StatusBar';
import { useSelected } from '../app/store/hooks';
import { BlindTest } from '../features/encoders/blind_test/BlindTest';
import { ClassKeys } from '../features/labels/ClassKeys';
import { LabelThis } from '../features/labels/LabelThis';
import { SetAsideThis } from '../features/labels/SetAsideThis';
import { DropAnywhere } from '../features/pictures/DropAnywhere';
import { Landing } from '../features/pictures/Landing';
import { PickerProvider } from '../features/pictures/Picker';
import { EarlierRun } from '../features/training/EarlierRun';
import { Header } from './Header';
import { Screens } from './Screens';
import { Tabs } from './Tabs';

const Viewer = lazy(async () => ({ default: (await import('../features/pictures/viewer/Viewer')).Viewer }));

/** The first Tab stop: past the header, to the pictures where they are shown, else to the screen. */
function SkipLink() {
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => {
        const tile = document.querySelector<HTMLElement>(FIRST_PICTURE);
        (tile?.checkVisibility() ? tile : document.getElementById('content'))?.focus();
      }}
    >
      Skip to the pictures
    </button>
  );
}

/** The whole page: the landing until there are pictures, then the screens. */
export function App() {
  const ready = useSelected(({ library }) => library.ready);
  const showing = useSelected(({ library }) => library.current !== null);
  const elsewhere = useSelected(({ screen }) => screen !== 'train');
  const testing = useSelected(({ blindTest }) => blindTest !== null);
  const viewer = useSelected((state) => state.viewer);
  return (
    <PickerProvider>
      <SkipLink />
      <Header />
      {showing && <Tabs />}
      <main id="content" tabIndex={-1} className="stage" aria-busy={!ready}>
        {showing ? <Screens /> : ready && <Landing />}
      </main>
      {showing && elsewhere && <EarlierRun className="earlier-run" />}
      <StatusBar />
      <Faults />
      <DropAnywhere />
      {testing && <BlindTest />}
      <Suspense>
        {viewer && (
          <Viewer
            viewer={viewer}
            labels={
              <>
                <LabelThis key={viewer.row} row={viewer.row} />
                <SetAsideThis row={viewer.row} />
                <ClassKeys rows={[viewer.row]} />
              </>
            }
          />
        )}
      </Suspense>
    </PickerProvider>
  );
}
