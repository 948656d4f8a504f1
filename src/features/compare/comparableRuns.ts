import { useMemo } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import type { Run } from '../../core/records';

/** Runs of the data set on the page that have ended, oldest first, with the names that Models gives them. */
export function useComparableRuns(): readonly (Run & { name: string })[] {
  const { comparableRuns } = useActions();
  const dataset = useSelected(({ library }) => library.current);
  const run = useSelected(({ training }) => training.run);
  const about = JSON.stringify([dataset, run?.id, run?.status, run?.step]);
  const { encoders } = useEncoders();
  const { answer } = useAnswer(() => comparableRuns(), about);
  return useMemo(() => {
    const names = new Map(encoders.map(({ id, name }) => [id, name]));
    return (answer ?? []).map((one) => ({ ...one, name: names.get(one.id) ?? one.name ?? one.id }));
  }, [answer, encoders]);
}
