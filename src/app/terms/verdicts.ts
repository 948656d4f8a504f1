import { runVerdict } from '../../core/method_words';
import { baselineVerdicts, type Verdict } from '../../core/words';
import { useMetrics, useSelected } from '../store/hooks';

/** What the loss of the run on the page means now; looked at once a second. */
export function useLossVerdict(): Verdict {
  const config = useSelected((state) => state.training.run?.config ?? null);
  const evaluations = useSelected((state) => state.measures.evaluations);
  return useMetrics((metrics) => runVerdict(metrics, config, evaluations), 1000);
}

/** The run beside what needs no learning, what beats it first. */
export function useBaselineVerdicts(): Verdict[] {
  const { evaluations, baselines } = useSelected((state) => state.measures);
  return baselineVerdicts(evaluations.at(-1), baselines);
}
