import { Thread } from '../../protocol/call';
import { type Channel, channel, isPing, PING } from '../../protocol/channel';
import type { EvaluatorCalls } from '../../protocol/evaluating';
import type { ImporterCalls, ImporterCommand } from '../../protocol/importing';
import type { SearcherCalls } from '../../protocol/searching';
import type { TrainerCalls, TrainerCommand, TrainerEvent } from '../../protocol/training';
import { Heartbeat } from './heartbeat';

export type ThreadName = 'importer' | 'trainer' | 'searcher' | 'evaluator';

/** The page's ends of its threads. A thread starts with the first message to it. */
export interface Threads {
  readonly importer: Thread<ImporterCalls, ImporterCommand>;
  readonly trainer: Thread<TrainerCalls, TrainerCommand, TrainerEvent>;
  readonly searcher: Thread<SearcherCalls>;
  readonly evaluator: Thread<EvaluatorCalls>;
  /** Ends a thread at once; the next message starts a new one. */
  end(name: ThreadName): void;
  /** Told when a thread died of an uncaught error, or no longer answers. It has been ended by then. */
  onCrash(listener: (name: ThreadName, message: string) => void): void;
}

// The calls stand here in full, with their literals, because that is how the bundler finds the workers' entries.
const start = {
  importer: () => new Worker(new URL('../../../workers/importer.ts', import.meta.url), { type: 'module' }),
  trainer: () => new Worker(new URL('../../../workers/trainer.ts', import.meta.url), { type: 'module' }),
  searcher: () => new Worker(new URL('../../../workers/searcher.ts', import.meta.url), { type: 'module' }),
  evaluator: () => new Worker(new URL('../../../workers/evaluator.ts', import.meta.url), { type: 'module' }),
};

/** A channel to a worker that is started by the first message, and again after it was ended. */
class LazyChannel implements Channel<unknown, unknown> {
  private worker: Worker | null = null;
  private open: Channel<unknown, unknown> | null = null;
  private heartbeat: Heartbeat | null = null;
  private listener: (message: unknown) => void = () => undefined;

  constructor(
    private readonly begin: () => Worker,
    private readonly crashed: (message: string) => void,
  ) {}

  send(message: unknown, transfer: Transferable[] = []): void {
    this.open ??= this.start();
    this.open.send(message, transfer);
  }

  listen(listener: (message: unknown) => void): void {
    this.listener = listener;
  }

  end(): void {
    this.worker?.terminate();
    this.worker = null;
    this.open = null;
    this.heartbeat?.stop();
  }

  private start(): Channel<unknown, unknown> {
    const worker = this.begin();
    this.worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      // A worker that was ended may still report: it no longer counts.
      if (this.worker !== worker) return;
      this.end();
      this.crashed(event.message || 'its script could not be loaded');
    };
    const opened = channel<unknown, unknown>(worker);
    const heartbeat = new Heartbeat(
      () => opened.send(PING),
      () => {
        this.end();
        this.crashed('it no longer answers');
      },
    );
    this.heartbeat = heartbeat;
    opened.listen((message) => {
      heartbeat.answered();
      if (this.open === opened && !isPing(message)) this.listener(message);
    });
    return opened;
  }
}

export function startThreads(): Threads {
  let crashed: (name: ThreadName, message: string) => void = () => undefined;
  const channels = {
    importer: new LazyChannel(start.importer, (message) => crashed('importer', message)),
    trainer: new LazyChannel(start.trainer, (message) => crashed('trainer', message)),
    searcher: new LazyChannel(start.searcher, (message) => crashed('searcher', message)),
    evaluator: new LazyChannel(start.evaluator, (message) => crashed('evaluator', message)),
  };
  return {
    importer: new Thread(channels.importer),
    trainer: new Thread(channels.trainer),
    searcher: new Thread(channels.searcher),
    evaluator: new Thread(channels.evaluator),
    end: (name) => channels[name].end(),
    onCrash: (listener) => {
      crashed = listener;
    },
  };
}
