import type { BenchCall } from './answer';
import type { PeerName } from './peers';

/** A thread for each peer; what is asked of it is answered in order. */
const threads = new Map<PeerName, Worker>();

function threadOf(peer: PeerName): Worker {
  const known = threads.get(peer);
  if (known) return known;
  const thread = new Worker(new URL('./bench_worker.ts', import.meta.url), { type: 'module', name: peer });
  threads.set(peer, thread);
  return thread;
}

/** How the command line drives this page. */
const door = {
  ask(peer: PeerName, asked: BenchCall): Promise<unknown> {
    const thread = threadOf(peer);
    return new Promise((resolve, reject) => {
      thread.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
      thread.onerror = ({ message }) => reject(new Error(message || 'the thread died'));
      thread.postMessage(asked);
    });
  },
  /** Ends a peer's thread, and with it its device and buffers. */
  end(peer: PeerName): void {
    threads.get(peer)?.terminate();
    threads.delete(peer);
  },
};

export type BenchDoor = typeof door;
declare global {
  var bench: BenchDoor;
}
globalThis.bench = door;
