import { useMemo } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import { type Quality, qualityOf } from './quality';

/** The quality of the run on the page, and the encoder in use, which it has to beat. */
export function useQuality(): { quality: Quality | null; beside: string | null } {
  const { evaluations, baselines } = useSelected((state) => state.measures);
  const { encoders, searching } = useEncoders();
  const quality = useMemo(() => qualityOf(evaluations, baselines, encoders), [evaluations, baselines, encoders]);
  return { quality, beside: searching };
}
