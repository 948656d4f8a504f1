import { Thread } from '../../protocol/call';
import { type Channel, channel } from '../../protocol/channel';
import type { PortMessage } from '../../protocol/decoding';
import type { EvaluatorCalls } from '../../protocol/evaluating';
import type { FromImporter, ToImporter } from '../../protocol/importing';
import type { SearcherCalls } from '../../protocol/searching';
import type { TrainerCalls, TrainerCommand, TrainerEvent } from '../../protocol/training';

export type ThreadName = 'importer' | 'trainer' | 'searcher' | 'evaluator';

/** The page's ends of its threads. A thread starts with the first message to it. */
export interface Threads {
  readonly importer: Channel<ToImporter, FromImporter>;
  readonly trainer: Thread<TrainerCalls, TrainerCommand, TrainerEvent>;
  readonly searcher: Thread<SearcherCalls>;
  readonly evaluator: Thread<EvaluatorCalls>;
  /** Ends a decode worker that hangs and gives the importer another. `index` counts all that were started with it. */
  replaceDecoder(index: number): void;
  /** Ends a thread at once; the next message starts a new one. */
  end(name: ThreadName): void;
  /** Told when a thread died of an uncaught error. It has been ended by then. */
  onCrash(listener: (name: ThreadName, message: string) => void): void;
}

/** Decoding keeps one core free for the page, and gains little beyond four. */
const decoderCount = (cores: number): number => Math.min(4, Math.max(1, cores - 1));

// The calls stand here in full, with their literals, because that is how the bundler finds the workers' entries.
const start = {
  importer: () => new Worker(new URL('../../../workers/importer.ts', import.meta.url), { type: 'module' }),
  decoder: () => new Worker(new URL('../../../workers/decoder.ts', import.meta.url), { type: 'module' }),
  trainer: () => new Worker(new URL('../../../workers/trainer.ts', import.meta.url), { type: 'module' }),
  searcher: () => new Worker(new URL('../../../workers/searcher.ts', import.meta.url), { type: 'module' }),
  evaluator: () => new Worker(new URL('../../../workers/evaluator.ts', import.meta.url), { type: 'module' }),
};

/** A channel to a worker that is started by the first message, and again after it was ended. */
class LazyChannel<Out, In> implements Channel<Out, In> {
  private worker: Worker | null = null;
  private open: Channel<Out, In> | null = null;
  private listener: (message: In) => void = () => undefined;

  constructor(
    private readonly begin: () => Worker,
    private readonly crashed: (message: string) => void,
  ) {}

  send(message: Out, transfer: Transferable[] = []): void {
    this.open ??= this.start();
    this.open.send(message, transfer);
  }

  listen(listener: (message: In) => void): void {
    this.listener = listener;
  }

  end(): void {
    this.worker?.terminate();
    this.worker = null;
    this.open = null;
  }

  private start(): Channel<Out, In> {
    const worker = this.begin();
    this.worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      // A worker that was ended may still report: it no longer counts.
      if (this.worker !== worker) return;
      this.end();
      this.crashed(event.message || 'its script could not be loaded');
    };
    const opened = channel<Out, In>(worker);
    opened.listen((message) => this.open === opened && this.listener(message));
    return opened;
  }
}

/** The importer's decode workers, joined to it by ports so that pictures do not pass through the page. */
class Decoders {
  /** By port number, ended ones included. */
  private workers: Worker[] = [];

  /** Starts one; the port is for the importer. */
  add(): MessagePort {
    const worker = start.decoder();
    // A decoder that died answers no more, which the importer notices.
    worker.onerror = (event) => event.preventDefault();
    const { port1, port2 } = new MessageChannel();
    const message: PortMessage = { type: 'port', port: port1 };
    worker.postMessage(message, [port1]);
    this.workers.push(worker);
    return port2;
  }

  end(index: number): void {
    this.workers[index]?.terminate();
  }

  endAll(): void {
    for (const worker of this.workers) worker.terminate();
    this.workers = [];
  }
}

export function startThreads(): Threads {
  let crashed: (name: ThreadName, message: string) => void = () => undefined;
  const decoders = new Decoders();
  const beginImporter = (): Worker => {
    decoders.endAll();
    const importer = start.importer();
    const ports = Array.from({ length: decoderCount(navigator.hardwareConcurrency || 2) }, () => decoders.add());
    const message: ToImporter = { type: 'decoders', ports };
    importer.postMessage(message, ports);
    return importer;
  };
  const channels = {
    importer: new LazyChannel<ToImporter, FromImporter>(beginImporter, (message) => crashed('importer', message)),
    trainer: new LazyChannel<unknown, unknown>(start.trainer, (message) => crashed('trainer', message)),
    searcher: new LazyChannel<unknown, unknown>(start.searcher, (message) => crashed('searcher', message)),
    evaluator: new LazyChannel<unknown, unknown>(start.evaluator, (message) => crashed('evaluator', message)),
  };
  return {
    ...channels,
    trainer: new Thread(channels.trainer),
    searcher: new Thread(channels.searcher),
    evaluator: new Thread(channels.evaluator),
    replaceDecoder: (index) => {
      decoders.end(index);
      const port = decoders.add();
      channels.importer.send({ type: 'decoders', ports: [port] }, [port]);
    },
    end: (name) => channels[name].end(),
    onCrash: (listener) => {
      crashed = listener;
    },
  };
}
