import { Zip, ZipPassThrough } from 'fflate';
import { Fault } from '../../core/fault';

/** Bytes read at a time, between which the page can answer: about 10 ms of checksum. */
const SLICE = 4 * 2 ** 20;
/** What places within a zip are counted in has 32 bits, as fflate writes it. */
const MOST = 2 ** 32 - 2 ** 24;

/**
 * Puts files into one zip, stored as they are: pictures and numbers hardly compress. What is done is handed
 * to the browser, which may keep it on the disk.
 * @throws Fault 'file' when it would exceed 4 GB
 */
export function zipFiles(
  files: Iterable<readonly [string, Blob]> | AsyncIterable<readonly [string, Blob]>,
): Promise<Blob> {
  return new Promise<Blob>((resolve, reject) => {
    const parts: Blob[] = [];
    const zip = new Zip((error, part, last) => {
      if (error) return reject(error);
      parts.push(new Blob([part as Uint8Array<ArrayBuffer>]));
      if (last) resolve(new Blob(parts, { type: 'application/zip' }));
    });
    void fill(zip, files).catch(reject);
  });
}

async function fill(zip: Zip, files: Parameters<typeof zipFiles>[0]): Promise<void> {
  let total = 0;
  for await (const [name, content] of files) {
    total += content.size + 2 * name.length + 128;
    if (total > MOST) throw new Fault('file', 'This is more than the 4 GB that a zip holds.', 'Take fewer at a time.');
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    for (let at = 0; at === 0 || at < content.size; at += SLICE) {
      const slice = new Uint8Array(await content.slice(at, at + SLICE).arrayBuffer());
      entry.push(slice, at + SLICE >= content.size);
    }
  }
  zip.end();
}
