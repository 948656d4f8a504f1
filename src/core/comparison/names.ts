import { PRESET_WORDS } from '../presets';
import type { Run } from '../records';

/** Runs by their methods' names, numbered where there are several of one, the oldest first. `runs` in any order. */
export function runNames(runs: readonly Run[]): Map<string, string> {
  const inOrder = [...runs].sort((a, b) => a.createdAt - b.createdAt);
  const titleOf = ({ config }: Run): string => PRESET_WORDS[config.preset].title;
  return new Map(
    inOrder.map((run) => {
      const same = inOrder.filter((other) => titleOf(other) === titleOf(run));
      return [run.id, same.length === 1 ? titleOf(run) : `${titleOf(run)}, run ${same.indexOf(run) + 1}`];
    }),
  );
}
