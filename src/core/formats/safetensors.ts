import { widened } from './half_floats';
import { type Dtype, type Entry, ITEM_BYTES, readHeader } from './safetensors_header';

/** One array of a safetensors file, row-major. Numbers of 16 bits are F32 here. */
export interface Tensor {
  dtype: Exclude<Dtype, 'F16' | 'BF16'>;
  shape: number[];
  data: Float32Array | Uint8Array | Int32Array | BigInt64Array;
}

const ARRAYS = {
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  U8: Uint8Array,
  I32: Int32Array,
  I64: BigInt64Array,
};

function tensorOf(bytes: ArrayBuffer, start: number, { dtype, shape, begin, end }: Entry): Tensor {
  const size = ITEM_BYTES[dtype];
  const count = (end - begin) / size;
  const aligned = (start + begin) % size === 0;
  const data = aligned
    ? new ARRAYS[dtype](bytes, start + begin, count)
    : new ARRAYS[dtype](bytes.slice(start + begin, start + end));
  if (dtype === 'F16' || dtype === 'BF16') return { dtype: 'F32', shape, data: widened(data as Uint16Array, dtype) };
  return { dtype, shape, data: data as Tensor['data'] };
}

/**
 * Tensors of a safetensors file by name, in the order of their bytes, and its metadata. The arrays are views of
 * `bytes` where these are aligned, copies elsewhere. Throws Fault('file') with the tensor's name when the file is not
 * exactly what its header says; nothing is allocated before all of it is checked.
 */
export function readSafetensors(bytes: ArrayBuffer): {
  metadata: Record<string, string>;
  tensors: Map<string, Tensor>;
} {
  const { metadata, entries, start } = readHeader(bytes);
  return { metadata, tensors: new Map(entries.map((entry) => [entry.name, tensorOf(bytes, start, entry)])) };
}
