import { Fault, type FaultReport, faultReport } from '../core/fault';
import { type Channel, isPing, PING } from './channel';

/** What a thread can be asked: for each type of request a function (request, progress) => answer. */
export type Calls<C> = { [T in keyof C]: (request: never, progress: never) => unknown };
export type Name<C> = keyof C & string;
export type Request<C extends Calls<C>, T extends Name<C>> = { type: T } & Parameters<C[T]>[0];
export type Progress<C extends Calls<C>, T extends Name<C>> = Parameters<C[T]>[1];
export type Answer<C extends Calls<C>, T extends Name<C>> = ReturnType<C[T]>;

export type Requests<C extends Calls<C>> = { [T in Name<C>]: Request<C, T> }[Name<C>];

export interface CallOptions<P> {
  /** Ends the call: it rejects with the signal's reason, and the thread is told. */
  signal?: AbortSignal;
  onProgress?(progress: P): void;
  transfer?: Transferable[];
}

type ToServer = { call: number; request: { type: string } } | { call: number; abort: true };
type FromServer = { call: number } & (
  | { answer: unknown }
  | { fault: FaultReport }
  | { progress: unknown }
  | { ended: true }
);

interface Waiting {
  send(): void;
  onProgress?(progress: never): void;
  /** It was asked of a second thread. */
  again: boolean;
  answer(answer: unknown): void;
  fail(cause: unknown): void;
}

const isCall = (message: unknown): message is { call: number } => 'call' in (message as object);

/** The page's end of a thread: calls it, sends it commands, and listens to its events. */
export class Thread<C extends Calls<C>, Command = never, Event = never> implements Channel<Command, Event> {
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();
  private listener: (event: Event) => void = () => undefined;

  constructor(private readonly channel: Channel<unknown, unknown>) {
    channel.listen((message) => {
      if (isCall(message)) this.onReply(message as FromServer);
      else this.listener(message as Event);
    });
  }

  send(command: Command, transfer?: Transferable[]): void {
    this.channel.send(command, transfer);
  }

  listen(listener: (event: Event) => void): void {
    this.listener = listener;
  }

  /**
   * One request, one answer. Rejects with a Fault, with an AbortError where the signal or the thread ends it, or with an
   * Error where the thread has a bug.
   */
  async call<T extends Name<C>>(
    request: Request<C, T>,
    { signal, onProgress, transfer }: CallOptions<Progress<C, T>> = {},
  ): Promise<Answer<C, T>> {
    signal?.throwIfAborted();
    const call = ++this.last;
    const stop = (): void => {
      this.take(call)?.fail(signal?.reason);
      this.channel.send({ call, abort: true } satisfies ToServer);
    };
    signal?.addEventListener('abort', stop);
    try {
      return (await new Promise((answer, fail) => {
        const send = (): void => this.channel.send({ call, request } satisfies ToServer, transfer);
        this.waiting.set(call, { send, onProgress, again: false, answer, fail });
        send();
      })) as Answer<C, T>;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** The thread is gone: what waits fails, or with `again` is asked of the next thread, once. */
  lost(cause: Fault, again = false): void {
    for (const [call, waiting] of [...this.waiting]) {
      if (!again || waiting.again) this.take(call)?.fail(cause);
      else {
        waiting.again = true;
        waiting.send();
      }
    }
  }

  private onReply(message: FromServer): void {
    const { call } = message;
    if ('progress' in message) this.waiting.get(call)?.onProgress?.(message.progress as never);
    else if ('answer' in message) this.take(call)?.answer(message.answer);
    else if ('ended' in message) this.take(call)?.fail(new DOMException('The thread ended the call.', 'AbortError'));
    else this.take(call)?.fail(thrown(message.fault));
  }

  private take(call: number): Waiting | undefined {
    const found = this.waiting.get(call);
    this.waiting.delete(call);
    return found;
  }
}

/** Whether a call, or other work, was ended because somebody asked for that: there is nothing to tell. */
export const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError';

const thrown = ({ kind, message, advice }: FaultReport): Error =>
  kind === 'bug' ? new Error(message) : new Fault(kind, message, advice);

/** What a handler has besides its request. */
export interface Serving<P> {
  /** Aborts when the page no longer waits: what is answered then is not sent. */
  signal: AbortSignal;
  progress(progress: P): void;
}

export type Handlers<C extends Calls<C>> = {
  [T in Name<C>]: (request: Request<C, T>, serving: Serving<Progress<C, T>>) => Promise<Answer<C, T>>;
};

/** The thread's end: answers calls, each as soon as its handler has; hands commands on. */
export function serve<C extends Calls<C>, Command = never>(
  { send, listen }: Channel<unknown, unknown>,
  handlers: Handlers<C>,
  obey: (command: Command) => void = () => undefined,
): void {
  const asked = new Map<number, AbortController>();
  listen(async (message) => {
    if (isPing(message)) return send(PING);
    if (!isCall(message)) return obey(message as Command);
    const received = message as ToServer;
    const { call } = received;
    if ('abort' in received) return asked.get(call)?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    asked.set(call, controller);
    try {
      const handler = handlers[received.request.type as Name<C>];
      const answer = await handler(received.request as never, {
        signal,
        progress: (progress) => send({ call, progress } satisfies FromServer),
      });
      if (!signal.aborted) send({ call, answer } satisfies FromServer);
    } catch (cause) {
      if (!signal.aborted) send(isAbort(cause) ? { call, ended: true } : { call, fault: faultReport(cause) });
    } finally {
      asked.delete(call);
    }
  });
}
