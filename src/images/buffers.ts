/** Buffers that are kept: a page fault for every four kilobytes of a new one costs more than the copying does. */
const kept: Uint8Array<ArrayBuffer>[] = [];
const KEPT = 4;
/** Larger ones are rare, and not worth holding. */
const MOST_BYTES = 8e6;

/** Room for so many bytes, with anything in it. Give it back with `release` when nothing needs it any more. */
export function borrow(bytes: number): Uint8Array<ArrayBuffer> {
  const at = kept.findIndex(({ buffer }) => buffer.byteLength >= bytes);
  if (at < 0) return new Uint8Array(bytes);
  const [found] = kept.splice(at, 1);
  return new Uint8Array(found.buffer, 0, bytes);
}

export function release(bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.buffer.byteLength > MOST_BYTES) return;
  kept.push(bytes);
  // The smallest goes: larger ones serve for everything.
  if (kept.length > KEPT) kept.sort((a, b) => b.buffer.byteLength - a.buffer.byteLength).pop();
}
