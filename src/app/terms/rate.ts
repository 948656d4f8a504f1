import type { Metrics } from '../store/metrics';

/** Steps over which the rate is averaged. */
const RATE_OVER = 20;

interface Rate {
  /** The newest step. */
  step: number;
  /** 0 before the first. */
  imagesPerSecond: number;
}

/** Where a run is and how fast it went over its last steps. */
export function readRate(metrics: Metrics): Rate {
  const from = Math.max(metrics.first, metrics.last - RATE_OVER + 1);
  let seconds = 0;
  for (let step = from; step <= metrics.last; step++) seconds += 1 / metrics.at('imagesPerSecond', step);
  return { step: metrics.last, imagesPerSecond: metrics.length === 0 ? 0 : (metrics.last - from + 1) / seconds };
}
