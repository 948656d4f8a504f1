import { Fault } from '../fault';

const MAGIC = '\x93NUMPY\x01\x00';
/** Version 1.0 begins its data at a multiple of 64 bytes. */
const ALIGNMENT = 64;

const product = (shape: readonly number[]): number => shape.reduce((total, axis) => total * axis, 1);

/** Python's spelling of a tuple: (3,) and (3, 4). */
const tuple = (shape: readonly number[]): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

/**
 * A float32 array as numpy's .npy file, version 1.0, row-major, little-endian.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function writeNpy(data: Float32Array, shape: readonly number[]): Uint8Array {
  if (product(shape) !== data.length) throw new Error(`writeNpy: [${shape}] holds ${data.length} numbers`);
  const described = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple(shape)}, }`;
  const begin = Math.ceil((10 + described.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = `${described.padEnd(begin - 10 - 1)}\n`;
  const file = new Uint8Array(begin + data.byteLength);
  for (let i = 0; i < MAGIC.length; i++) file[i] = MAGIC.charCodeAt(i);
  new DataView(file.buffer).setUint16(8, text.length, true);
  new TextEncoder().encodeInto(text, file.subarray(10));
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), begin);
  return file;
}

const HEADER = /^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,15}(?:, \d{1,15})*|\d{1,15},|)\), \} *\n$/;

const refuse = (what: string): never => {
  throw new Fault('file', `Not a usable npy file: ${what}.`, 'Only row-major float32 arrays of version 1.0 are read.');
};

/** Reads what `writeNpy` and numpy.save write of a float32 array; anything else is Fault('file'). Copies the data. */
export function readNpy(bytes: Uint8Array): { shape: number[]; data: Float32Array } {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 8) !== MAGIC || bytes.length < 10) refuse('it does not begin as version 1.0 does');
  const begin = 10 + bytes[8] + 256 * bytes[9];
  if (begin > bytes.length) refuse('its header is longer than the file');
  const found = HEADER.exec(text(10, begin));
  if (!found) return refuse('its header describes something else than a row-major float32 array');
  const shape = (found[1].match(/\d+/g) ?? []).map(Number);
  const size = product(shape) * 4;
  if (size !== bytes.length - begin) refuse(`[${shape}] takes ${size} bytes and it has ${bytes.length - begin}`);
  return { shape, data: new Float32Array(bytes.slice(begin).buffer) };
}
