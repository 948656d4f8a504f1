import { Fault } from '../../src/core/fault';
import { type Turn, takePicture } from '../../src/images/picture';
import { LARGE_PIXELS } from '../../src/images/sniff';
import { serve } from '../../src/protocol/call';
import type { Channel } from '../../src/protocol/channel';
import type { DecoderCalls, Outcome, Wanted } from '../../src/protocol/decoding';
import { unreadable } from './opened';
import { costOf, Room } from './room';

/** Small pictures several at a time, and of all threads one large one: a lock is given back even by a worker that dies. */
function turns(): Turn {
  const room = new Room();
  return (header, work) => {
    const large = header.width * header.height > LARGE_PIXELS;
    return room.run(costOf(header), () => (large ? navigator.locks.request('lookalike-large-picture', work) : work()));
  };
}

/** Answers the importer, each call when all its files are done. */
export function serveDecoding(importer: Channel<unknown, unknown>): void {
  const turn = turns();
  serve<DecoderCalls>(importer, {
    decode: ({ files, bytes, side }) => Promise.all(files.map((file) => outcomeOf(file, bytes, side, turn))),
  });
}

async function outcomeOf({ file, place, known }: Wanted, all: ArrayBuffer, side: number, turn: Turn): Promise<Outcome> {
  try {
    const bytes = place ? new Uint8Array(all, place.from, place.size) : new Uint8Array(await read(file));
    const picture = await takePicture(bytes, side, known, turn);
    return picture === null ? { type: 'same' } : { type: 'decoded', picture };
  } catch (cause) {
    return { type: 'refused', reason: reasonFor(cause) };
  }
}

async function read(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw cause instanceof RangeError ? cause : new Fault('picture', unreadable(cause));
  }
}

/** One sentence for the list of skipped files. The import goes on whatever happened to one file. */
function reasonFor(cause: unknown): string {
  if (cause instanceof Fault) return cause.message;
  if (cause instanceof RangeError) return 'There is not enough memory to decode this picture.';
  return `The picture could not be taken in: ${cause instanceof Error ? cause.message : String(cause)}`;
}
