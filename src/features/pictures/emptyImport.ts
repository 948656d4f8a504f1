import type { Parts } from '../../app/session/parts';
import { showDataset } from '../../app/session/showing';
import { tell } from '../../app/store/faults';
import type { FaultReport } from '../../core/fault';
import type { Dataset, Refusal } from '../../core/records';
import { count } from '../../widgets/amounts';

/** Refused files that are named with their reasons. */
const NAMED = 3;

const nothing = ({ name }: Dataset, refusals: readonly Refusal[]): FaultReport => {
  const named = refusals.slice(0, NAMED).map(({ path, reason }) => `${path}: ${reason}`);
  const more = refusals.length - named.length;
  return {
    kind: 'picture',
    message: [
      `“${name}” holds no picture that can be taken in.`,
      ...named,
      ...(more > 0 ? [`And ${count(more)} more.`] : []),
    ].join(' '),
    advice: 'Give JPEG, PNG, WebP, GIF, AVIF or BMP files, or a folder of them.',
  };
};

/**
 * An import that took in nothing leaves nothing behind: its data set goes, the page shows what it showed `before`, and says
 * what was wrong with the files. One that was cancelled, or that a fault ended, needs no more words.
 */
export function withdraw(parts: Parts, dataset: Dataset, before: string | null): void {
  const { store, threads } = parts;
  const { datasets, refusals } = store.getState().library;
  if (dataset.complete) tell(store, nothing(dataset, refusals));
  if (before !== null && datasets.some(({ id }) => id === before)) void showDataset(parts, before);
  threads.importer.send({ type: 'delete', dataset: dataset.id });
}
