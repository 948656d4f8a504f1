import type { Run } from '../core/records';
import { useMetrics, useSelected } from '../state/hooks';
import type { Metrics } from '../state/metrics';
import { currentDataset, isTraining } from '../state/store';
import { count, duration } from '../widgets/amounts';
import { epochs, stepsOf, stepWords } from './trainingWords';

/** Steps over which the rate is averaged. */
const RATE_OVER = 20;

interface Figures {
  step: number;
  imagesPerSecond: number;
}

function read(metrics: Metrics): Figures {
  const from = Math.max(metrics.first, metrics.last - RATE_OVER + 1);
  let seconds = 0;
  for (let step = from; step <= metrics.last; step++) seconds += 1 / metrics.at('imagesPerSecond', step);
  return { step: metrics.last, imagesPerSecond: metrics.length === 0 ? 0 : (metrics.last - from + 1) / seconds };
}

/** How far the run is, how fast, and how long it will take. */
export function RunFigures() {
  const run = useSelected((state) => state.training.run);
  const { phase, progress } = useSelected((state) => state.training);
  const pictures = useSelected((state) => currentDataset(state)?.count ?? 0);
  const training = useSelected(isTraining);
  const { step: seen, imagesPerSecond } = useMetrics(read);
  const busy = phase === 'loading' || phase === 'embedding';
  if (!run)
    return busy ? <progress className="training-bar" aria-label="Preparation" value={progress ?? undefined} /> : null;
  const step = Math.max(seen, run.step);
  const steps = stepsOf(run);
  return (
    <>
      <progress
        className="training-bar"
        aria-label="Steps of the run"
        max={steps ?? 1}
        value={steps === null ? (training ? undefined : 1) : step}
      />
      <dl className="figures">
        <Figure term="Step" value={stepWords(run, step).replace('step ', '')} />
        <Figure term="Epoch" value={epochs(run, step, pictures).toFixed(1)} />
        <Figure term="Images/s" value={imagesPerSecond > 0 ? count(imagesPerSecond) : '–'} />
        {training ? (
          <Figure term="Time left" value={timeLeft(run, step, steps, imagesPerSecond)} />
        ) : (
          <Figure term="Time taken" value={duration(run.seconds)} />
        )}
      </dl>
    </>
  );
}

function timeLeft(run: Run, step: number, steps: number | null, imagesPerSecond: number): string {
  if (steps === null) return 'open';
  return imagesPerSecond > 0 ? duration(((steps - step) * run.config.batch) / imagesPerSecond) : '–';
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}
