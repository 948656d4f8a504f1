import type { NamedArray } from '../records';
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

const dtypeOf = (data: NamedArray['data'] | Uint8Array): Dtype => {
  if (data instanceof Uint8Array) return 'U8';
  return data instanceof Int32Array ? 'I32' : 'F32';
};

/**
 * A safetensors file of float32, int32 and uint8 arrays, in the order given. The header is padded with spaces to a
 * multiple of 8 bytes, so every tensor is aligned that has no bytes before it.
 */
export function writeSafetensors(
  tensors: Record<string, { shape: readonly number[]; data: NamedArray['data'] | Uint8Array }>,
  metadata: Record<string, string>,
): Uint8Array {
  let next = 0;
  const described: [string, object][] = Object.entries(tensors).map(([name, { shape, data }]) => {
    const count = shape.reduce((product, axis) => product * axis, 1);
    if (count !== data.length) throw new Error(`writeSafetensors: ${name} [${shape}] holds ${data.length} numbers`);
    const begin = next;
    next += data.byteLength;
    return [name, { dtype: dtypeOf(data), shape, data_offsets: [begin, next] }];
  });
  const text = JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...described]));
  const json = new TextEncoder().encode(text);
  const header = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + header + next).fill(0x20, 8, 8 + header);
  new DataView(file.buffer).setBigUint64(0, BigInt(header), true);
  file.set(json, 8);
  let at = 8 + header;
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}
