import { unwrap } from 'idb';
import { Fault } from '../core/fault';

const nameOf = (cause: unknown): string => (cause instanceof Error || cause instanceof DOMException ? cause.name : '');

/** What the browser says when it refuses, in words for the user. Bugs pass unchanged. */
export function storageFault(cause: unknown, doing: string): unknown {
  switch (nameOf(cause)) {
    case 'QuotaExceededError':
      return new Fault(
        'storage',
        `The browser's storage for this page is full: ${doing} was stopped.`,
        'Everything stored before is kept. Delete a collection that you no longer need, or free space on the disk, then go on.',
      );
    case 'InvalidStateError':
      return new Fault(
        'storage',
        `The database was closed by another tab or by the browser: ${doing} was stopped.`,
        'Reload the page. Everything stored before is kept.',
      );
    case 'UnknownError':
    case 'AbortError':
    case 'NotReadableError':
    case 'TimeoutError':
      return new Fault(
        'storage',
        `The browser could not finish ${doing}: ${(cause as Error).message || 'it gave no reason'}`,
        'Check that the disk is not full and that the browser may write to its profile, then reload the page.',
      );
    default:
      return cause;
  }
}

/** Nothing is written for what is gone. */
export const goneFault = (what: 'collection' | 'run'): Fault =>
  new Fault(
    'data',
    `This ${what} is no longer here: it was deleted, maybe in another tab.`,
    'Nothing else was changed.',
  );

/** Runs a database operation; a refusal by the browser comes out as a Fault of kind 'storage'. `doing`: 'saving a checkpoint'. */
export async function guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storageFault(cause, doing);
  }
}

const UNREADABLE = ['DataError', 'NotReadableError', 'UnknownError', 'NotFoundError'];

/** For `catch`: Chromium refuses a value whose file was cut or is gone. That counts as no value; other failures pass. */
export function unreadable(cause: unknown): undefined {
  if (UNREADABLE.includes(nameOf(cause))) return undefined;
  throw cause;
}

/** What a request reads, or undefined where that is unreadable; its transaction goes on, which the failure would end. */
export function readable<T>(request: Promise<T>): Promise<T | undefined> {
  unwrap(request).addEventListener('error', (event) => event.preventDefault());
  return request.catch(unreadable);
}

/** Notes a request of the transaction, and passes it on. */
export type Ask = <T>(request: Promise<T>) => Promise<T>;

/**
 * Runs a transaction to its commit, all of it or nothing: whatever is thrown on the way aborts it, and the reason that
 * the browser had for aborting it is thrown before what followed from that.
 * @param work makes the requests, each through `ask`, and awaits nothing else: the transaction would be over
 */
export async function transact(
  tx: { abort(): void; done: Promise<void> },
  work: (ask: Ask) => void | Promise<void>,
): Promise<void> {
  const requests: Promise<unknown>[] = [];
  const ask: Ask = (request) => {
    // When a later request throws, nobody awaits this one any more.
    request.catch(() => undefined);
    requests.push(request);
    return request;
  };
  tx.done.catch(() => undefined);
  try {
    await work(ask);
    await Promise.all(requests);
  } catch (cause) {
    abort(tx);
    const end: unknown = await tx.done.catch((reason) => reason);
    throw nameOf(end) !== '' && nameOf(end) !== 'AbortError' ? end : cause;
  }
  await tx.done;
}

/** Aborts a transaction that may be over already. */
export function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // The browser has aborted it before us.
  }
}
