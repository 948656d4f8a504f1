import { Fault } from '../../src/core/fault';
import { Thread } from '../../src/protocol/call';
import { channel } from '../../src/protocol/channel';
import type { DecoderCalls } from '../../src/protocol/decoding';

/** A decode worker, and how it is ended. */
export interface Decoder {
  thread: Thread<DecoderCalls>;
  end(): void;
}

/** Starts a decode worker. One that dies fails what was asked of it. */
export function startDecoder(): Decoder {
  const worker = new Worker(new URL('../decoder.ts', import.meta.url), { type: 'module' });
  const thread = new Thread<DecoderCalls>(channel(worker));
  worker.onerror = (event) => {
    event.preventDefault();
    thread.lost(new Fault('picture', `A decoder ended: ${event.message}.`));
  };
  return { thread, end: () => worker.terminate() };
}
