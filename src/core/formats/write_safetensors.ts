import type { NamedArray } from '../records';
import type { Dtype } from './safetensors_header';

/** What a file can hold of arrays. */
export type WrittenArray = Pick<NamedArray, 'shape'> & { data: NamedArray['data'] | Uint8Array };

/** The key of a file's metadata under which stands what its bytes mean, a `Quantisation` in JSON. */
export const QUANTISED = 'quantised';

/** Tensor name -> value of the byte 0, and by how much each next one is more. */
export type Quantisation = Readonly<Record<string, { min: number; scale: number }>>;

const dtypeOf = (data: WrittenArray['data']): Dtype => {
  if (data instanceof Uint8Array) return 'U8';
  return data instanceof Int32Array ? 'I32' : 'F32';
};

/**
 * A safetensors file of float32, int32 and uint8 arrays, in the order given. The header is padded with spaces to a
 * multiple of 8 bytes, so every tensor is aligned that has no bytes before it.
 */
export function writeSafetensors(tensors: Record<string, WrittenArray>, metadata: Record<string, string>): Uint8Array {
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
