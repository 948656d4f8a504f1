import type { TrainerLockHolder } from './lock';
import type { Pending } from './pending';
import type { Pictures } from './pictures';
import type { Reads } from './reads';
import type { Recovery } from './recovery';
import type { Store } from './store';
import type { Threads } from './threads';

/** What survives a visit outside the database: localStorage, or a stand-in. */
export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the actions are made from; tests put stand-ins here. */
export interface Parts {
  store: Store;
  pictures: Pictures;
  threads: Threads;
  reads: Reads;
  lock: TrainerLockHolder;
  recovery: Recovery;
  pending: Pending;
  memory: Memory;
}
