import { Pictures } from '../app/pictures/pictures';
import type { Parts } from '../app/session/parts';
import type { Actions } from '../app/store/actions';
import { createLookalikeStore } from '../app/store/store';
import { TrainerLockHolder } from '../app/threads/lock';
import { Pending } from '../app/threads/pending';
import { Recovery } from '../app/threads/recovery';
import type { ThreadName } from '../app/threads/threads';
import { chooseDefaults } from '../core/defaults';
import type { Dataset, DeviceReport, History, Image, Run } from '../core/records';
import type { Channel } from '../protocol/channel';
import type {
  FromEvaluator,
  FromImporter,
  FromTrainer,
  ToEvaluator,
  ToImporter,
  ToTrainer,
} from '../protocol/messages';
import type { FromSearcher, ToSearcher } from '../protocol/searching';
import { connect } from './connect';

// Stand-ins for threads, database and locks: tests say what a thread says, and read what was asked of it.

interface FakeThread<Out, In> extends Channel<Out, In> {
  sent: Out[];
  say(message: In): void;
}

function fakeThread<Out, In>(): FakeThread<Out, In> {
  let listener: (message: In) => void = () => undefined;
  const sent: Out[] = [];
  return {
    sent,
    send: (message) => sent.push(message),
    listen: (heard) => {
      listener = heard;
    },
    say: (message) => listener(message),
  };
}

/** Web Locks of one browser, to be shared by several tabs. */
export class FakeLocks {
  private holder: { name: string } | null = null;
  private queue: (() => void)[] = [];

  request(name: string, options: unknown, use?: (lock: Lock | null) => unknown): Promise<unknown> {
    const { ifAvailable = false, signal } = options as LockOptions;
    const work = use ?? (() => undefined);
    if (this.holder && ifAvailable) return Promise.resolve(work(null));
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        this.holder = { name };
        Promise.resolve(work({ name, mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => {
            this.holder = null;
            this.queue.shift()?.();
          });
      };
      if (!this.holder) {
        grant();
        return;
      }
      this.queue.push(grant);
      signal?.addEventListener('abort', () => {
        this.queue = this.queue.filter((waiting) => waiting !== grant);
        reject(signal.reason);
      });
    });
  }

  async query(): Promise<LockManagerSnapshot> {
    return { held: this.holder ? [this.holder] : [], pending: [] };
  }
}

export interface Stored {
  datasets: Dataset[];
  runs: Run[];
  histories: Record<string, History>;
  embedded?: { encoder: string; step: number }[];
}

export interface FakeTab {
  parts: Parts;
  actions: Actions;
  importer: FakeThread<ToImporter, FromImporter>;
  trainer: FakeThread<ToTrainer, FromTrainer>;
  searcher: FakeThread<ToSearcher, FromSearcher>;
  evaluator: FakeThread<ToEvaluator, FromEvaluator>;
  ended: ThreadName[];
  crash(name: ThreadName, message: string): void;
}

const memory = (): Parts['memory'] => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

/** Where the page would be: networks lie below it. */
globalThis.document ??= { baseURI: 'https://here.example/' } as Document;

/** A tab over `stored`, a database that others change. */
export function fakeTab(stored: Stored, locks: FakeLocks, kept = memory()): FakeTab {
  const importer = fakeThread<ToImporter, FromImporter>();
  const trainer = fakeThread<ToTrainer, FromTrainer>();
  const searcher = fakeThread<ToSearcher, FromSearcher>();
  const evaluator = fakeThread<ToEvaluator, FromEvaluator>();
  const ended: ThreadName[] = [];
  let crash: FakeTab['crash'] = () => undefined;
  const parts: Parts = {
    store: createLookalikeStore(),
    pictures: new Pictures(async (): Promise<Image[]> => []),
    threads: {
      importer,
      trainer,
      searcher,
      evaluator,
      replaceDecoder: () => undefined,
      end: (name) => ended.push(name),
      onCrash: (listener) => {
        crash = listener;
      },
    },
    reads: {
      datasets: async () => [...stored.datasets],
      runs: async (dataset) => stored.runs.filter((run) => run.dataset === dataset),
      history: async (run) => stored.histories[run] ?? null,
      embedded: async () => (stored.embedded ?? []).map((one) => ({ ...one, count: 400, bytes: 1000, check: 1 })),
      checkpointBytes: async () => 500,
      refusals: async () => [],
      labels: async () => [],
      weights: async () => [],
      images: async () => [],
    },
    lock: new TrainerLockHolder(locks as unknown as LockManager),
    recovery: new Recovery(3, 60_000, () => 0),
    memory: kept,
    pending: new Pending(),
  };
  return {
    parts,
    actions: connect(parts),
    importer,
    trainer,
    searcher,
    evaluator,
    ended,
    crash: (name, message) => crash(name, message),
  };
}

export const birds: Dataset = {
  id: 'birds',
  name: 'Birds',
  createdAt: 1,
  count: 400,
  duplicates: 0,
  refused: 0,
  bytes: 1e6,
  storedSide: 80,
  medianSide: 60,
  labels: {},
  pins: [],
  complete: true,
};

export const device: DeviceReport = {
  backend: 'cpu',
  executor: 'TensorFlow.js',
  name: '1 thread',
  software: true,
  why: 'For the test.',
  passedOver: [],
  imagesPerSecond: 500,
  keepsHalf: false,
};

export const run = (fields: Partial<Run> = {}): Run => ({
  id: 'first',
  dataset: 'birds',
  config: chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 }).config,
  status: 'running',
  createdAt: 2,
  step: 0,
  seconds: 0,
  backend: 'cpu',
  executor: 'TensorFlow.js',
  ...fields,
});
