/** A worker, a worker's own global scope, or one end of a MessageChannel. */
interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Asks a thread whether it is there, and is what it answers. */
export const PING = { ping: true } as const;
export const isPing = (message: unknown): boolean => 'ping' in (message as object);

/** The typed end of a connection: `Out` is said here, `In` comes. */
export interface Channel<Out, In> {
  send(message: Out, transfer?: Transferable[]): void;
  /** One listener; messages arrive in the order they were sent. */
  listen(listener: (message: In) => void): void;
}

export function channel<Out, In>(port: Port): Channel<Out, In> {
  return {
    send: (message, transfer = []) => port.postMessage(message, transfer),
    listen: (listener) => {
      port.onmessage = (event) => listener(event.data as In);
    },
  };
}

/** The end a worker's entry holds. Imported by entries only: `self` is a worker there. */
export const toPage = <Out, In>(): Channel<Out, In> => channel<Out, In>(self as unknown as Port);
