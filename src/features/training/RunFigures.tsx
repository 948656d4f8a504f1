import { useMetrics, useSelected } from '../../app/store/hooks';
import { currentDataset, isTraining } from '../../app/store/store';
import { readRate } from '../../app/terms/rate';
import { epochs, stepsOf, stepWords } from '../../app/terms/trainingWords';
import type { Run } from '../../core/records';
import { count, duration } from '../../widgets/amounts';

/** How far the run is, how fast, and how long it will take. */
export function RunFigures() {
  const run = useSelected((state) => state.training.run);
  const { phase, progress } = useSelected((state) => state.training);
  const pictures = useSelected((state) => currentDataset(state)?.count ?? 0);
  const training = useSelected(isTraining);
  const { step: seen, imagesPerSecond } = useMetrics(readRate);
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
