import { PRESET_WORDS } from '../presets';
import type { Run } from '../records';
import { withStartTitle } from '../start_words';

/**
 * Runs by their methods and what they started from, which goes without saying where all are random. Several of one name
 * are told apart by their batches, or numbered, the oldest first. `runs` in any order.
 */
export function runNames(runs: readonly Run[]): Map<string, string> {
  const inOrder = [...runs].sort((a, b) => a.createdAt - b.createdAt);
  const random = inOrder.every(({ config: { start } }) => !start);
  const titleOf = ({ config: { preset, start } }: Run): string => {
    const { title } = PRESET_WORDS[preset];
    return random ? title : withStartTitle(title, start ?? null);
  };
  return new Map(
    inOrder.map((run) => {
      const same = inOrder.filter((other) => titleOf(other) === titleOf(run));
      if (same.length === 1) return [run.id, titleOf(run)];
      const batches = new Set(same.map(({ config }) => config.batch)).size === same.length;
      return [run.id, `${titleOf(run)}, ${batches ? `batch ${run.config.batch}` : `run ${same.indexOf(run) + 1}`}`];
    }),
  );
}
