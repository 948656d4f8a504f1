import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { runNames } from '../../core/comparison/names';
import type { Run } from '../../core/records';

/** Runs of the data set on the page that have ended, oldest first, with the names the comparison gives them. */
export function useComparableRuns(): readonly (Run & { name: string })[] {
  const { comparableRuns } = useActions();
  const dataset = useSelected(({ library }) => library.current);
  const run = useSelected(({ training }) => training.run);
  const about = JSON.stringify([dataset, run?.id, run?.status, run?.step]);
  const { answer } = useAnswer(async () => {
    const runs = await comparableRuns();
    const names = runNames(runs);
    return runs.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }));
  }, about);
  return answer ?? NONE;
}

const NONE: readonly (Run & { name: string })[] = [];
