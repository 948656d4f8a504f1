import { Fault } from '../../src/core/fault';
import { type Turn, takePicture } from '../../src/images/picture';
import { LARGE_PIXELS } from '../../src/images/sniff';
import { channel } from '../../src/protocol/channel';
import type { FromDecoder, Outcome, ToDecoder, Wanted } from '../../src/protocol/decoding';
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

/** Answers every message that comes in on the port, when all its files are done. */
export function serveDecoding(port: MessagePort): void {
  const { send, listen } = channel<FromDecoder, ToDecoder>(port);
  const turn = turns();
  listen(async ({ ticket, files, bytes, side }) => {
    const outcomes = await Promise.all(files.map((file) => outcomeOf(file, bytes, side, turn)));
    send({ type: 'decoded', ticket, outcomes }, outcomes.flatMap(owned));
  });
}

const owned = (outcome: Outcome): ArrayBuffer[] =>
  outcome.type === 'decoded' ? [outcome.picture.pixels.buffer as ArrayBuffer, outcome.picture.thumbnail] : [];

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
