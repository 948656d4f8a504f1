import { tell } from '../../app/store/faults';
import type { Store } from '../../app/store/store';
import { count } from '../../core/amounts';
import type { FaultReport } from '../../core/fault';
import type { Dataset, Refusal } from '../../core/records';

/** Refused files that are named with their reasons. */
const NAMED = 3;

const nothing = ({ name }: Dataset, refusals: readonly Refusal[]): FaultReport => {
  const named = refusals.slice(0, NAMED).map(({ path, reason }) => `${path}: ${reason}`);
  const more = refusals.length - named.length;
  return {
    kind: 'picture',
    message: [`No pictures found in “${name}”.`, ...named, ...(more > 0 ? [`And ${count(more)} more.`] : [])].join(' '),
    advice: 'Choose JPEG, PNG, WebP, GIF, AVIF or BMP files, or a folder of them.',
  };
};

/** Says what was wrong with all files of an import. */
export const tellNothing = (store: Store, dataset: Dataset, refusals: readonly Refusal[]): void =>
  tell(store, nothing(dataset, refusals));
