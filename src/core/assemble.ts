// A small assembler for WebAssembly's text instructions, one after the other without brackets. It knows those that our
// kernels use. The kernels stand in the source as text that can be read, and need no build tool.

import { signed, unsigned } from './leb128';

const OPCODES: Record<string, readonly number[]> = {
  loop: [0x03, 0x40],
  end: [0x0b],
  br_if: [0x0d],
  'local.get': [0x20],
  'local.set': [0x21],
  'local.tee': [0x22],
  'i32.load': [0x28],
  'i32.store8': [0x3a],
  'i32.const': [0x41],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.shl': [0x74],
  'v128.load': [0xfd, 0x00],
  'v128.load8x8_u': [0xfd, 0x02],
  'v128.load32_splat': [0xfd, 0x09],
  'v128.store': [0xfd, 0x0b],
  'v128.const_i32x4_splat': [0xfd, 0x0c],
  'i8x16.shuffle': [0xfd, 0x0d],
  'i16x8.ne': [0xfd, 0x2e],
  'v128.store32_lane': [0xfd, 0x5a],
  'v128.store64_lane': [0xfd, 0x5b],
  'i8x16.narrow_i16x8_u': [0xfd, 0x66],
  'i16x8.bitmask': [0xfd, 0x84, 0x01],
  'i16x8.narrow_i32x4_s': [0xfd, 0x85, 0x01],
  'i16x8.sub': [0xfd, 0x91, 0x01],
  'i32x4.extend_low_i16x8_s': [0xfd, 0xa7, 0x01],
  'i32x4.extend_high_i16x8_s': [0xfd, 0xa8, 0x01],
  'i32x4.shr_s': [0xfd, 0xac, 0x01],
  'i32x4.add': [0xfd, 0xae, 0x01],
  'i32x4.dot_i16x8_s': [0xfd, 0xba, 0x01],
  'f32x4.nearest': [0xfd, 0x6a],
  'f32x4.add': [0xfd, 0xe4, 0x01],
  'f32x4.sub': [0xfd, 0xe5, 0x01],
  'f32x4.mul': [0xfd, 0xe6, 0x01],
  'i32x4.trunc_sat_f32x4_s': [0xfd, 0xf8, 0x01],
  'f32x4.convert_i32x4_s': [0xfd, 0xfa, 0x01],
};

const TYPES = { i32: 0x7f, v128: 0x7b } as const;

export interface WasmFunction {
  name: string;
  /** All i32. */
  params: readonly string[];
  locals: Readonly<Record<string, keyof typeof TYPES>>;
  body: string;
}

const little32 = (value: number): number[] => [
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  (value >> 24) & 255,
];
const counted = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const named = (name: string): number[] => sized([...new TextEncoder().encode(name)]);

/** Operands of one instruction, taken from the words that follow it. */
function operands(instruction: string, next: () => string, local: (name: string) => number): number[] {
  if (instruction.startsWith('local.')) return unsigned(local(next()));
  if (instruction === 'br_if') return unsigned(Number(next()));
  if (instruction === 'i32.const') return signed(Number(next()));
  if (instruction === 'v128.const_i32x4_splat') {
    const lane = little32(Number(next()));
    return [...lane, ...lane, ...lane, ...lane];
  }
  if (instruction === 'i8x16.shuffle') return Array.from({ length: 16 }, () => Number(next()));
  // Loads and stores: no alignment promised, no offset; then the lane.
  if (instruction.includes('lane')) return [0, 0, Number(next())];
  if (/\.(load|store)/.test(instruction)) return [0, 0];
  return [];
}

function code({ params, locals, body }: WasmFunction): number[] {
  const names = [...params, ...Object.keys(locals)];
  const local = (name: string): number => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`No local "${name}"`);
    return index;
  };
  const words = body.replace(/;;.*$/gm, '').trim().split(/\s+/);
  const bytes: number[] = [];
  for (let i = 0; i < words.length; ) {
    const instruction = words[i++];
    if (!(instruction in OPCODES)) throw new Error(`Unknown instruction "${instruction}"`);
    bytes.push(...OPCODES[instruction], ...operands(instruction, () => words[i++], local));
  }
  const declared = Object.values(locals).map((type) => [1, TYPES[type]]);
  return sized([...counted(declared), ...bytes, 0x0b]);
}

/** A module that imports its memory as `env.memory` and exports the functions, which return nothing. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
  const types = functions.map(({ params }) => [0x60, ...counted(params.map(() => [TYPES.i32])), 0]);
  const memory = [...named('env'), ...named('memory'), 0x02, 0x00, 1];
  const exported = functions.map(({ name }, i) => [...named(name), 0x00, ...unsigned(i)]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, counted(types)),
    ...section(2, counted([memory])),
    ...section(3, counted(functions.map((_, i) => unsigned(i)))),
    ...section(7, counted(exported)),
    ...section(10, counted(functions.map(code))),
  ]);
}
