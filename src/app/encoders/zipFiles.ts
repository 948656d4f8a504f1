import { Zip, ZipPassThrough } from 'fflate';

/** Bytes between pauses, in which the page can answer: about 10 ms of checksum. */
const SLICE = 4 * 2 ** 20;

/** Puts files into one zip, stored as they are: numbers like these hardly compress. Gives the page a turn now and then. */
export async function zipFiles(files: Record<string, Uint8Array>): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const whole = new Promise<Blob>((resolve, reject) => {
    const zip = new Zip((error, part, last) => {
      if (error) return reject(error);
      parts.push(part as Uint8Array<ArrayBuffer>);
      if (last) resolve(new Blob(parts, { type: 'application/zip' }));
    });
    void fill(zip, files).catch(reject);
  });
  return whole;
}

async function fill(zip: Zip, files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    for (let at = 0; at === 0 || at < content.length; at += SLICE) {
      entry.push(content.subarray(at, at + SLICE), at + SLICE >= content.length);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  zip.end();
}
