import { checksum } from '../core/checksum';

/** A typed array's own bytes, without the rest of its buffer. */
function ownBytes(array: Float32Array | Int32Array | Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = array;
  const whole = byteOffset === 0 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return whole ? buffer : (new Uint8Array(buffer, byteOffset, byteLength).slice().buffer as ArrayBuffer);
}

/** Whether stored bytes are what was stored. */
export const intact = (stored: { bytes: ArrayBuffer; check: number }): boolean =>
  checksum(new Uint8Array(stored.bytes)) === stored.check;

/** The bytes of an array with their checksum, as records hold them. */
export function sealed(array: Float32Array | Int32Array | Uint8Array): { bytes: ArrayBuffer; check: number } {
  const bytes = ownBytes(array);
  return { bytes, check: checksum(new Uint8Array(bytes)) };
}

/** Parts of one length, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts[0]?.length ?? 0;
  const all = new Uint8Array(length * parts.length);
  parts.forEach((part, i) => {
    all.set(part, i * length);
  });
  return all;
}
