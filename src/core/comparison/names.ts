import { PRESET_WORDS } from '../presets';
import type { Run } from '../records';

/** Runs by their methods' names; several of one are told apart by their batches, or numbered, the oldest first. `runs` in any order. */
export function runNames(runs: readonly Run[]): Map<string, string> {
  const inOrder = [...runs].sort((a, b) => a.createdAt - b.createdAt);
  const titleOf = ({ config }: Run): string => PRESET_WORDS[config.preset].title;
  return new Map(
    inOrder.map((run) => {
      const same = inOrder.filter((other) => titleOf(other) === titleOf(run));
      if (same.length === 1) return [run.id, titleOf(run)];
      const batches = new Set(same.map(({ config }) => config.batch)).size === same.length;
      return [run.id, `${titleOf(run)}, ${batches ? `batch ${run.config.batch}` : `run ${same.indexOf(run) + 1}`}`];
    }),
  );
}
