import { Faults } from '../app/frame/Faults';
import { StatusBar } from '../app/frame/StatusBar';
import { useSelected } from '../app/store/hooks';
import { Compare } from '../features/compare/Compare';
import { BlindTest } from '../features/encoders/blind_test/BlindTest';
import { Drop } from '../features/pictures/Drop';
import { DropAnywhere } from '../features/pictures/DropAnywhere';
import { PickerProvider } from '../features/pictures/Picker';
import { Header } from './Header';
import { Workbench } from './Workbench';

/** The whole page: the drop zone until there are pictures, then the workbench. */
export function App() {
  const ready = useSelected(({ library }) => library.ready);
  const showing = useSelected(({ library }) => library.current !== null);
  const testing = useSelected(({ blindTest }) => blindTest !== null);
  const comparing = useSelected((state) => state.comparing);
  return (
    <PickerProvider>
      <Header />
      <main className="stage" aria-busy={!ready}>
        {showing ? comparing ? <Compare /> : <Workbench /> : ready && <Drop />}
      </main>
      <StatusBar />
      <Faults />
      <DropAnywhere />
      {testing && <BlindTest />}
    </PickerProvider>
  );
}
