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
