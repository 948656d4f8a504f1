import { useMemo } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import { isBundled } from '../../core/config';
import { pretrainedRun } from '../../core/pretrained';
import { type Quality, qualityOf, standingWords } from './quality';

/** The quality of the run on the page. */
export function useQuality(): Quality | null {
  const { evaluations, baselines } = useSelected((state) => state.measures);
  const start = useSelected(({ training }) => training.run?.config.start ?? null);
  const { encoders } = useEncoders();
  return useMemo(() => {
    const from = start && pretrainedRun(isBundled(start) ? start.bundled : start.name);
    return qualityOf(evaluations, baselines, encoders, from);
  }, [evaluations, baselines, encoders, start]);
}

/** How the run on the page stands beside the encoder in use; null before its first evaluation, or without another. */
export function useStanding(): string | null {
  const latest = useSelected(({ measures }) => measures.evaluations.at(-1));
  const run = useSelected(({ training }) => training.run?.id);
  const { encoders, searching } = useEncoders();
  const inUse = encoders.find(({ id }) => id === searching && id !== run);
  return latest && inUse ? standingWords(latest, inUse) : null;
}
