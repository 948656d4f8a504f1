import { Fault } from '../src/core/fault';

const MAGIC = '\x93NUMPY\x01\x00';

const product = (shape: readonly number[]): number => shape.reduce((total, axis) => total * axis, 1);

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
