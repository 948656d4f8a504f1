import { runVerdict } from '../../core/method_words';
import type { Verdict } from '../../core/words';
import { useSelected, useStepReports } from '../store/hooks';

/** What the loss of the run on the page means now; looked at once a second. */
export function useLossVerdict(): Verdict {
  const config = useSelected((state) => state.training.run?.config ?? null);
  const evaluations = useSelected((state) => state.measures.evaluations);
  return useStepReports((reports) => runVerdict(reports, config, evaluations), 1000);
}
