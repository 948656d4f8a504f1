import { Fault } from '../../src/core/fault';
import { type Turn, takePicture } from '../../src/images/picture';
import { channel } from '../../src/protocol/channel';
import type { FromDecoder, ToDecoder } from '../../src/protocol/decoding';
import { unreadable } from './opened';

/** One large picture at a time, of all threads: a lock is given back even by a worker that dies. */
const alone: Turn = (work) => navigator.locks.request('lookalike-large-picture', work);

/** Answers every file that comes in on the port. Files that come together are worked on together. */
export function serveDecoding(port: MessagePort): void {
  const { send, listen } = channel<FromDecoder, ToDecoder>(port);
  listen(async ({ ticket, file, bytes: given, side, known }) => {
    try {
      const bytes = new Uint8Array(given ?? (await read(file)));
      const picture = await takePicture(bytes, side, known, alone);
      if (picture === null) send({ type: 'same', ticket });
      else send({ type: 'decoded', ticket, picture }, [picture.pixels.buffer, picture.thumbnail]);
    } catch (cause) {
      send({ type: 'refused', ticket, reason: reasonFor(cause) });
    }
  });
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
