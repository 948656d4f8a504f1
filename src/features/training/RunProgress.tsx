import { useState } from 'react';
import { useSelected, useStepReports } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { readRate } from '../../app/terms/rate';
import { leftWords, TimeLeft } from '../../app/terms/timeLeft';
import { stepsOf, stepWords } from '../../app/terms/trainingWords';
import { useLossVerdict } from '../../app/terms/verdicts';
import { capital, count } from '../../core/amounts';
import type { Run } from '../../core/records';
import { AS_LONG, secondsLeft, VIEWED } from '../../core/training_cost';
import { Remark } from '../../widgets/Remark';
import { useStanding } from './useQuality';

/** Steps whose time is averaged, and how many it takes to say anything. */
const OVER = 100;
const LEAST = 5;

/** One line on what training has come to, how far it is, and how long it will take. */
export function RunProgress({ run }: { run: Run }) {
  const { phase, message, progress, session } = useSelected((state) => state.training);
  const pictures = useSelected((state) => currentDataset(state)?.count ?? 0);
  const { step: seen, imagesPerSecond } = useStepReports((reports) => readRate(reports, OVER, LEAST));
  const [timeLeft] = useState(() => new TimeLeft());
  const evaluated = useSelected(({ measures }) => measures.evaluations.length > 0);
  const standing = useStanding();
  const loss = useLossVerdict();
  const step = Math.max(seen, run.step);
  const steps = stepsOf(run);
  const stepSeconds = run.config.batch / imagesPerSecond;
  const paused = run.status === 'paused';
  const preparing = phase === 'starting' || phase === 'loading' || (phase === 'embedding' && step === 0);
  const left =
    steps === null || imagesPerSecond === 0 || paused
      ? ''
      : `, ${leftWords(timeLeft.tell(secondsLeft(run.config, pictures, Math.max(0, steps - step), stepSeconds)))}`;
  const first = Math.ceil((AS_LONG * (pictures + 2 * Math.min(pictures, VIEWED))) / run.config.batch);
  const early =
    steps !== null && 2 * first > steps ? 'at the end' : step < first ? `at about step ${count(first)}` : 'now';
  return (
    <div>
      <p className="training-state">
        {standing ??
          (evaluated
            ? 'Training'
            : preparing
              ? 'Getting ready'
              : `Too early to say whether it helps: the first comparison comes ${early}`)}
      </p>
      <p className="training-status muted">
        {preparing ? message || 'Getting ready' : `${capital(stepWords(run, step))}${left}`}
        {phase === 'embedding' && step > 0 && ' · comparing'}
        {paused && ' · paused'}
        {session.is === 'training' && session.coolingDown && ' · coming to its end'}
      </p>
      {loss.tone === 'alarm' && <Remark tone="alarm">{loss.text}</Remark>}
      <progress
        className="training-bar"
        aria-label={preparing ? 'Preparation' : 'Steps of the run'}
        max={preparing ? 1 : (steps ?? 1)}
        value={preparing ? (progress ?? undefined) : steps === null ? undefined : step}
      />
    </div>
  );
}
