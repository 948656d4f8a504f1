import { Fault } from '../core/fault';

// One writer across tabs, by Web Locks: the browser frees a lock when its tab or thread ends. Where there are none, nobody
// else is asked.

/** Imports into a data set, trains on it, backs it up or deletes it. */
export const datasetLock = (id: string): string => `lookalike data set ${id}`;
/** Trains a run, or deletes an encoder. */
export const encoderLock = (id: string): string => `lookalike encoder ${id}`;
/** Stores records of a data set that is not listed yet (shared), or deletes what no data set has. */
const STORING = 'lookalike storing';

const ADVICE = 'Wait until that has ended there, or stop it.';

/**
 * Does work that nobody else may do meanwhile.
 * @param refused why not, where another tab has the lock: 'Another tab trains on it'
 */
export function holding<T>(name: string, refused: string, work: () => Promise<T>): Promise<T> {
  return withLock(name, { ifAvailable: true }, (free) => {
    if (!free) throw new Fault('busy', refused, ADVICE);
    return work();
  });
}

/** Stores what belongs to no listed data set until it is complete: nobody sweeps it away. */
export const storing = <T>(work: () => Promise<T>): Promise<T> => withLock(STORING, { mode: 'shared' }, () => work());

/** Does the work unless another tab is storing something. */
export const unlessStoring = (work: () => Promise<void>): Promise<void> =>
  withLock(STORING, { ifAvailable: true }, async (free) => {
    if (free) await work();
  });

/** `work` is told whether the lock was free. */
async function withLock<T>(name: string, options: LockOptions, work: (free: boolean) => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work(true);
  // What work throws comes out of the request.
  return locks.request(name, options, (lock) => work(lock !== null)) as Promise<T>;
}
