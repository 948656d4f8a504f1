import { PRESET_WORDS } from '../core/presets';
import type { Run } from '../core/records';
import { count } from '../widgets/amounts';

/** A run in a list of runs. */
export const runTitle = ({ config, step }: Run): string => `${PRESET_WORDS[config.preset].title}, step ${count(step)}`;
