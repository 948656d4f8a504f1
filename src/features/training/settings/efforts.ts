import { keptViews } from '../../../core/adaptation';
import { count, counted } from '../../../core/amounts';
import type { RunConfig } from '../../../core/config';
import { chooseDefaults, type Facts } from '../../../core/defaults';
import { applies } from '../../../core/methods';
import { runSeconds } from '../../../core/training_cost';

/** How thoroughly to train: a choice of values, with what it means and takes. */
export interface Effort {
  title: 'Quick' | 'Thorough';
  values: Partial<RunConfig>;
  about: string;
  /** On this device, evaluations included; null where it is not known. */
  seconds: number | null;
  chosen: boolean;
  possible: boolean;
}

/** A run from random weights is thorough with so many times the steps. */
const LONGER = 3;

/** Quick and thorough: kept or fresh views of what lies above frozen layers, else fewer or more steps. */
export function efforts(config: RunConfig, facts: Facts): readonly [Effort, Effort] {
  const { method, frozen, views, steps } = config;
  const seconds = (values: Partial<RunConfig>): number | null => runSeconds({ ...config, ...values }, facts);
  if (frozen > 0 && applies('views', method)) {
    const most = keptViews(config, facts.count, steps ?? Number.POSITIVE_INFINITY);
    const fits = keptViews(config, facts.count, Number.POSITIVE_INFINITY) > 0;
    const [quick, thorough] = [{ views: most }, { views: 0 }];
    return [
      {
        title: 'Quick',
        values: quick,
        about:
          most > 0
            ? `Learns from ${counted(most, 'variation')} of each picture.`
            : fits
              ? 'Saves no time with so few steps.'
              : 'Needs too much memory with this many pictures.',
        seconds: most > 0 ? seconds(quick) : null,
        chosen: views > 0,
        possible: most > 0,
      },
      {
        title: 'Thorough',
        values: thorough,
        about: 'Learns from new variations at every step.',
        seconds: seconds(thorough),
        chosen: views === 0,
        possible: true,
      },
    ];
  }
  const first = chooseDefaults(facts, config.preset, config.seed, config.start).steps ?? 600;
  const ofSteps = (title: Effort['title'], some: number): Effort => ({
    title,
    values: { steps: some },
    about: `${count(some)} steps.`,
    seconds: seconds({ steps: some }),
    chosen: steps === some,
    possible: true,
  });
  return [ofSteps('Quick', first), ofSteps('Thorough', LONGER * first)];
}
