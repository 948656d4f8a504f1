import { Fault } from '../fault';

export type Dtype = 'F32' | 'F16' | 'BF16' | 'U8' | 'I32' | 'I64';

export const ITEM_BYTES: Record<Dtype, number> = { F32: 4, F16: 2, BF16: 2, I32: 4, U8: 1, I64: 8 };

/** Where a tensor lies, counted from the first byte after the header. */
export interface Entry {
  name: string;
  dtype: Dtype;
  shape: number[];
  begin: number;
  end: number;
}

export interface Header {
  metadata: Record<string, string>;
  /** In the order of their bytes. */
  entries: Entry[];
  /** First byte of the data. */
  start: number;
}

/** Room for some 100,000 tensors; a longer header is not a network of ours. */
const LONGEST_HEADER = 16 * 2 ** 20;
const MOST_AXES = 8;

const refuse = (what: string): never => {
  throw new Fault('file', `Not a usable safetensors file: ${what}.`, 'Choose another file, or write it again.');
};

/** A name from the file, short enough for a sentence. */
const quoted = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function headerText(bytes: ArrayBuffer): { text: string; start: number } {
  if (bytes.byteLength < 8)
    refuse(`it has ${bytes.byteLength} bytes, fewer than the 8 that say how long its header is`);
  const length = new DataView(bytes).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) refuse(`its header claims ${length} bytes, more than ${LONGEST_HEADER} at most`);
  const start = 8 + Number(length);
  if (start > bytes.byteLength) refuse(`its header claims ${length} bytes and the file ends before`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes, 8, Number(length))), start };
  } catch {
    return refuse('its header is not UTF-8 text');
  }
}

function parsed(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('its header is not JSON');
  }
  return isObject(json) ? json : refuse('its header is not a JSON object');
}

function metadataOf(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isObject(value)) return refuse('its __metadata__ is not an object of texts');
  for (const [key, text] of Object.entries(value)) {
    if (key === '__proto__') refuse('its __metadata__ holds the forbidden name "__proto__"');
    if (typeof text !== 'string') refuse(`its __metadata__ has ${quoted(key)}, which is not a text`);
  }
  return value as Record<string, string>;
}

function entryOf(name: string, value: unknown): Entry {
  if (name === '__proto__') refuse('it holds the forbidden tensor name "__proto__"');
  const tensor = quoted(name);
  if (!isObject(value)) return refuse(`tensor ${tensor} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(ITEM_BYTES, dtype))
    return refuse(
      `tensor ${tensor} has type ${quoted(String(dtype))}, and only ${Object.keys(ITEM_BYTES).join(', ')} are read`,
    );
  if (!Array.isArray(shape) || shape.length > MOST_AXES || !shape.every(isCount))
    return refuse(`tensor ${tensor} has a shape that is not up to ${MOST_AXES} whole numbers`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return refuse(`tensor ${tensor} has data_offsets that are not two whole numbers`);
  const [begin, end] = offsets as [number, number];
  const bytes = (shape as number[]).reduce((product, axis) => product * axis, ITEM_BYTES[dtype as Dtype]);
  if (end - begin !== bytes)
    refuse(`tensor ${tensor} of shape [${shape}] takes ${bytes} bytes and its offsets give it ${end - begin}`);
  return { name, dtype: dtype as Dtype, shape: shape as number[], begin, end };
}

/**
 * Reads and checks the header of a safetensors file before anything is allocated for its tensors: their bytes must
 * follow each other without gap or overlap and fill the file, as the format demands. Throws Fault('file').
 * Format: https://github.com/huggingface/safetensors#format
 */
export function readHeader(bytes: ArrayBuffer): Header {
  const { text, start } = headerText(bytes);
  const { __metadata__, ...tensors } = parsed(text);
  const metadata = metadataOf(__metadata__);
  const entries = Object.entries(tensors)
    .map(([name, value]) => entryOf(name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  const room = bytes.byteLength - start;
  let next = 0;
  for (const { name, begin, end } of entries) {
    if (end > room) refuse(`tensor ${quoted(name)} ends at byte ${end} of ${room}: the file was cut off`);
    if (begin < next) refuse(`tensor ${quoted(name)} overlaps the one before it`);
    if (begin > next) refuse(`${begin - next} bytes before tensor ${quoted(name)} belong to none`);
    next = end;
  }
  if (next !== room) refuse(`${room - next} bytes at its end belong to no tensor`);
  return { metadata, entries, start };
}
