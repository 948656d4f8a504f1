import type { StepReports } from '../store/stepReports';

interface Rate {
  step: number;
  /** 0 before `least` steps are done. */
  imagesPerSecond: number;
}

/** Where a run is and how fast it went over its last steps, `over` at the most. */
export function readRate(reports: StepReports, over = 20, least = 1): Rate {
  const { last: step, length } = reports;
  const steps = Math.min(over, length);
  let seconds = 0;
  for (let one = step - steps + 1; one <= step; one++) seconds += 1 / reports.at('imagesPerSecond', one);
  return { step, imagesPerSecond: length < least ? 0 : steps / seconds };
}
