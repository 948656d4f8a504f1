import { useMemo } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import { isBundled } from '../../core/config';
import { pretrainedRun } from '../../core/pretrained';
import { type Quality, qualityOf } from './quality';

/** The quality of the run on the page, and the encoder in use, which it has to beat. */
export function useQuality(): { quality: Quality | null; beside: string | null } {
  const { evaluations, baselines } = useSelected((state) => state.measures);
  const start = useSelected(({ training }) => training.run?.config.start ?? null);
  const { encoders, searching } = useEncoders();
  const quality = useMemo(() => {
    const from = start && pretrainedRun(isBundled(start) ? start.bundled : start.name);
    return qualityOf(evaluations, baselines, encoders, from);
  }, [evaluations, baselines, encoders, start]);
  return { quality, beside: searching };
}
