import { Thread } from '../../src/protocol/call';
import { channel } from '../../src/protocol/channel';
import type { ParityCalls } from './parity_worker';

const worker = new Worker(new URL('./parity_worker.ts', import.meta.url), { type: 'module' });

/** How the command line drives this page. */
const door = new Thread<ParityCalls>(channel(worker));

declare global {
  var parity: typeof door;
}
globalThis.parity = door;
