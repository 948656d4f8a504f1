import { useSelected } from '../state/hooks';
import { BlindTest } from './blind_test/BlindTest';
import { Compare } from './Compare';
import { Drop } from './Drop';
import { DropAnywhere } from './DropAnywhere';
import { Faults } from './Faults';
import { Header } from './Header';
import { PickerProvider } from './Picker';
import { StatusBar } from './StatusBar';
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
