// Records as a structured clone keeps them, as bytes: JSON, and after it the bytes of its arrays. What JSON does not know
// stands in it as a mark: { $: [kind, ...] }.

const ARRAYS = { ArrayBuffer, Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array };
type Kind = keyof typeof ARRAYS;

const isMark = (value: unknown): value is { $: [string, ...number[]] } =>
  typeof value === 'object' && value !== null && '$' in value && Array.isArray(value.$);

const kindOf = (value: unknown): Kind | undefined =>
  (Object.keys(ARRAYS) as Kind[]).find((kind) => (value as object | null)?.constructor === ARRAYS[kind]);

/** Text, numbers, booleans, null, arrays, plain objects, ArrayBuffers and the arrays above. */
export function pack(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  const text = JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'number' && !(Number.isFinite(one) && !Object.is(one, -0))) return { $: [numberWord(one)] };
    const kind = kindOf(one);
    if (!kind) return one;
    const bytes = one instanceof ArrayBuffer ? new Uint8Array(one) : bytesOf(one as Uint8Array);
    parts.push(bytes);
    at += bytes.length;
    return { $: [kind, at - bytes.length, bytes.length] };
  });
  const json = new TextEncoder().encode(text);
  const all = new Uint8Array(4 + json.length + at);
  new DataView(all.buffer).setUint32(0, json.length);
  all.set(json, 4);
  let to = 4 + json.length;
  for (const part of parts) {
    all.set(part, to);
    to += part.length;
  }
  return all;
}

const numberWord = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** What `pack` was given. Throws an error when these are no such bytes. */
export function unpack(bytes: Uint8Array): unknown {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const json = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  return JSON.parse(json, (_, value: unknown) => {
    if (!isMark(value)) return value;
    const [kind, from, size] = value.$;
    if (!(kind in ARRAYS)) return Number(kind);
    const start = 4 + length + from;
    const { buffer } = bytes.slice(start, start + size);
    return kind === 'ArrayBuffer' ? buffer : new ARRAYS[kind as Exclude<Kind, 'ArrayBuffer'>](buffer as ArrayBuffer);
  });
}
