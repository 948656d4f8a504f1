import type { StepReports } from '../store/stepReports';

/** Steps over which the rate is averaged. */
const RATE_OVER = 20;

interface Rate {
  /** The newest step. */
  step: number;
  /** 0 before the first. */
  imagesPerSecond: number;
}

/** Where a run is and how fast it went over its last steps. */
export function readRate(stepReports: StepReports): Rate {
  const from = Math.max(stepReports.first, stepReports.last - RATE_OVER + 1);
  let seconds = 0;
  for (let step = from; step <= stepReports.last; step++) seconds += 1 / stepReports.at('imagesPerSecond', step);
  return {
    step: stepReports.last,
    imagesPerSecond: stepReports.length === 0 ? 0 : (stepReports.last - from + 1) / seconds,
  };
}
