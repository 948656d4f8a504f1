import type { Originals } from '../pictures/originals';
import type { Thumbnails } from '../pictures/thumbnails';
import type { Store } from '../store/store';
import type { TrainerLockHolder } from '../threads/lock';
import type { Newest } from '../threads/newest';
import type { Pending } from '../threads/pending';
import type { Reads } from '../threads/reads';
import type { Recovery } from '../threads/recovery';
import type { Tabs } from '../threads/tabs';
import type { Threads } from '../threads/threads';

/** What survives a visit outside the database: localStorage, or a stand-in. */
export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the actions are made from; tests put stand-ins here. */
export interface Parts {
  store: Store;
  pictures: Thumbnails;
  originals: Originals;
  threads: Threads;
  tabs: Tabs;
  reads: Reads;
  lock: TrainerLockHolder;
  recovery: Recovery;
  pending: Pending;
  newest: Newest;
  memory: Memory;
}
