import { Originals } from '../app/pictures/originals';
import { Thumbnails } from '../app/pictures/thumbnails';
import type { Parts } from '../app/session/parts';
import type { Actions } from '../app/store/actions';
import { createLookalikeStore } from '../app/store/store';
import { TrainerLockHolder } from '../app/threads/lock';
import { Newest } from '../app/threads/newest';
import { Pending } from '../app/threads/pending';
import { Recovery } from '../app/threads/recovery';
import type { Change, Tabs } from '../app/threads/tabs';
import type { ThreadName } from '../app/threads/threads';
import { chooseDefaults } from '../core/defaults';
import type { FaultReport } from '../core/fault';
import type { Dataset, DeviceReport, History, Image, Run } from '../core/records';
import { type Answer, type Calls, type Name, type Progress, type Requests, Thread } from '../protocol/call';
import type { EvaluatorCalls } from '../protocol/evaluating';
import type { ImporterCalls, ImporterCommand } from '../protocol/importing';
import type { SearcherCalls } from '../protocol/searching';
import type { TrainerCalls, TrainerCommand, TrainerEvent } from '../protocol/training';
import { connect } from './connect';

// Stand-ins for threads, database and locks: tests say what a thread says, and read what was asked of it.

/** A thread of which a test says what it answers. */
interface FakeThread<C extends Calls<C>, Command = never, Event = never> extends Thread<C, Command, Event> {
  /** Requests and commands. */
  sent: (Requests<C> | Command)[];
  say(event: Event): void;
  /** Its thread has ended: what waits is never answered. */
  clear(): void;
  /** Answers the request of this type that has waited longest. */
  answer<T extends Name<C>>(type: T, answer: Answer<C, T>): Promise<void>;
  fail(type: Name<C>, fault: FaultReport): Promise<void>;
  progress<T extends Name<C>>(type: T, progress: Progress<C, T>): void;
}

function fakeThread<C extends Calls<C>, Command = never, Event = never>(): FakeThread<C, Command, Event> {
  let listener: (message: unknown) => void = () => undefined;
  const sent: (Requests<C> | Command)[] = [];
  const waiting: { call: number; type: string }[] = [];
  const thread = new Thread<C, Command, Event>({
    send: (message) => {
      const { call, request, abort } = message as { call: number; request?: Requests<C>; abort?: true };
      const type = (request as { type: string } | undefined)?.type;
      // Nothing goes on that would have to end.
      if (type === 'forget') queueMicrotask(() => listener({ call, answer: undefined }));
      else if (type) waiting.push({ call, type });
      if (abort) take((one) => one.call === call);
      else sent.push(request ?? (message as Command));
    },
    listen: (receive) => {
      listener = receive;
    },
  });
  const take = (fits: (one: (typeof waiting)[number]) => boolean): number | undefined => {
    const at = waiting.findIndex(fits);
    return at < 0 ? undefined : waiting.splice(at, 1)[0].call;
  };
  const reply = async (type: string, what: object): Promise<void> => {
    listener({ call: take((one) => one.type === type), ...what });
    await new Promise((resolve) => setTimeout(resolve));
  };
  return Object.assign(thread, {
    sent,
    clear: () => void waiting.splice(0),
    say: (event: Event) => listener(event),
    answer: (type: string, answer: unknown) => reply(type, { answer }),
    fail: (type: string, fault: FaultReport) => reply(type, { fault }),
    progress: (type: string, progress: unknown) =>
      listener({ call: waiting.find((one) => one.type === type)?.call, progress }),
  });
}

/** Web Locks and broadcasts of one browser, to be shared by several tabs. */
export class FakeLocks {
  private holder: { name: string } | null = null;
  private queue: (() => void)[] = [];
  private readonly listeners: ((change: Change) => void)[] = [];

  /** One tab's end of what tabs tell each other. */
  tab(): Tabs {
    let own: (change: Change) => void = () => undefined;
    return {
      listen: (listener) => {
        own = listener;
        this.listeners.push(listener);
      },
      tell: (change) => {
        for (const listener of this.listeners) if (listener !== own) listener(change);
      },
    };
  }

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
  importer: FakeThread<ImporterCalls, ImporterCommand>;
  trainer: FakeThread<TrainerCalls, TrainerCommand, TrainerEvent>;
  searcher: FakeThread<SearcherCalls>;
  evaluator: FakeThread<EvaluatorCalls>;
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
  const importer = fakeThread<ImporterCalls, ImporterCommand>();
  const trainer = fakeThread<TrainerCalls, TrainerCommand, TrainerEvent>();
  const searcher = fakeThread<SearcherCalls>();
  const evaluator = fakeThread<EvaluatorCalls>();
  const threads = { importer, trainer, searcher, evaluator };
  const ended: ThreadName[] = [];
  let crash: FakeTab['crash'] = () => undefined;
  const parts: Parts = {
    store: createLookalikeStore(),
    pictures: new Thumbnails(async (): Promise<Image[]> => []),
    originals: new Originals(async () => []),
    threads: {
      ...threads,
      end: (name) => {
        ended.push(name);
        threads[name].clear();
      },
      onCrash: (listener) => {
        crash = listener;
      },
    },
    tabs: locks.tab(),
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
      folders: async () => [],
      usage: async () => ({ encoders: new Map(), weights: 0 }),
    },
    lock: new TrainerLockHolder(locks as unknown as LockManager),
    recovery: new Recovery(3, 60_000, () => 0),
    memory: kept,
    pending: new Pending(),
    newest: new Newest(),
  };
  return {
    parts,
    actions: connect(parts),
    importer,
    trainer,
    searcher,
    evaluator,
    ended,
    crash: (name, message) => {
      threads[name].clear();
      crash(name, message);
    },
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
  config: chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 }),
  status: 'running',
  createdAt: 2,
  step: 0,
  seconds: 0,
  backend: 'cpu',
  executor: 'TensorFlow.js',
  ...fields,
});
