import { useMemo } from 'react';
import { type Encoder, type Facts, listEncoders } from '../../core/encoders/encoder';
import { hasEnded } from '../../core/ended';
import { useSelected } from '../store/hooks';
import { currentDataset } from '../store/store';
import { searchingEncoder } from './searchOrder';

/** The encoders of the data set on the page, with the one that searches. */
export function useEncoders(): { encoders: readonly Encoder[]; searching: string | null } {
  const { runs, embedded, bytes, evaluation: search } = useSelected((state) => state.encoders);
  const baselines = useSelected(({ measures }) => measures.baselines);
  const weights = useSelected((state) => state.weights);
  const dataset = useSelected(currentDataset);
  const newest = useSelected(({ training }) => training.run?.id ?? null);
  return useMemo(() => {
    const facts: Facts = { runs, embedded, baselines, weights, bytes, search };
    const searching = dataset && searchingEncoder(dataset, newest, embedded);
    return { encoders: listEncoders(facts), searching };
  }, [runs, embedded, baselines, weights, bytes, search, dataset, newest]);
}

/** Whether an encoder is the run under way: that one is neither deleted nor started from. */
export const isUnderWay = ({ run }: Encoder): boolean => run !== null && !hasEnded(run);
