import { count } from '../../widgets/amounts';
import { useCalm } from '../../widgets/calm';
import { useActions, useMetrics, useSelected } from '../store/hooks';
import { runUnderWay, type State } from '../store/store';
import { stepWords } from '../terms/trainingWords';

/** What the page is doing, in one sentence. */
function statusOf({ library, training, device, background }: State, step: number): string {
  const { importing } = library;
  if (importing) {
    const { taken, duplicates, refused, found } = importing;
    return `Importing pictures: ${count(taken + duplicates + refused)} of ${count(found)}.`;
  }
  if (!library.ready) return 'Opening the pictures of earlier visits.';
  if (training.phase === 'training' && training.run) return `Training, ${stepWords(training.run, step)}.`;
  if (training.message) return `${training.message.replace(/\.$/, '')}.`;
  if (background) return `${background.message}.`;
  if (!device.report) return 'Choosing what trains.';
  return library.current === null ? 'Ready for pictures.' : 'Ready.';
}

/** The bottom line: what is being done, and what does it. */
export function StatusBar() {
  const step = useMetrics((metrics) => metrics.last, 1000);
  const status = useSelected((state) => statusOf(state, step));
  const underWay = useSelected(runUnderWay);
  const report = useSelected(({ device }) => device.report);
  const background = useSelected((state) => state.background);
  const busy = useSelected(
    ({ training, library }) => library.importing !== null || training.phase !== 'idle' || background !== null,
  );
  return (
    <footer className="status-bar">
      <span className={busy || underWay ? 'lamp lit' : 'lamp'} aria-hidden="true" />
      {/* Once a second: a screen reader reads every change. */}
      <p role="status" className="ellipsis">
        {useCalm(status, 1000)}
      </p>
      {background?.kind === 'embed' && <Background progress={background.progress} />}
      <p className="status-device ellipsis muted" title={report?.why}>
        {report && `${report.backend} · ${report.name}`}
      </p>
    </footer>
  );
}

/** How far the first embedding is, and a way out. */
function Background({ progress }: { progress: number | null }) {
  const { stopEmbedding } = useActions();
  return (
    <>
      <progress aria-label="Embedding the pictures" max={1} value={progress ?? undefined} />
      <button type="button" className="button quiet" onClick={stopEmbedding}>
        Cancel
      </button>
    </>
  );
}
