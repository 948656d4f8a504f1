// Just enough of an assembler for WebAssembly to write vector loops in. Code is a list of bytes in reverse Polish order
// (WebAssembly Core Specification 2.0, chapter 5): an expression leaves its value on the stack, a statement leaves nothing.

import { signed, unsigned } from '../../../core/leb128';

export type Code = readonly number[];
export type ValueType = 'i32' | 'v128';
/** Place of a parameter or local. */
export type Local = number & { readonly local: unique symbol };

const TYPES: Record<ValueType, number> = { i32: 0x7f, v128: 0x7b };

const binary =
  (...opcode: number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...opcode];
const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

export const get = (local: Local): Code => [0x20, ...unsigned(local)];
export const set = (local: Local, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  /** 1 or 0. */
  equal: binary(0x46),
  shiftLeft: binary(0x74),
  shiftRight: binary(0x76),
};

/** Addresses are in bytes; `offset` is added to them. */
export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...vector(0x00), 2, ...unsigned(offset)],
  /** One float in all four places. */
  loadSplat: (address: Code, offset = 0): Code => [...address, ...vector(0x09), 2, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...vector(0x0b),
    2,
    ...unsigned(offset),
  ],
  zero: [...vector(0x0c), ...new Array<number>(16).fill(0)] as Code,
  and: binary(...vector(0x4e)),
};

export const f32x4 = {
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  /** All bits where left is larger, none elsewhere. */
  larger: binary(...vector(0x44)),
};

const VOID = 0x40;

/** Runs the statements `count` times; not at all for 0. Leaves 0 in `counter`. */
export const repeat = (counter: Local, count: Code, ...statements: Code[]): Code => [
  ...set(counter, count),
  ...[0x02, VOID], // block
  ...[0x03, VOID], // loop
  ...[...get(counter), 0x45, 0x0d, 1], // br_if 1 (out of the block) when the counter is 0
  ...statements.flat(),
  ...set(counter, i32.sub(get(counter), i32.const(1))),
  ...[0x0c, 0], // br 0 (to the loop)
  ...[0x0b, 0x0b],
];

/** pointer += bytes */
export const advance = (pointer: Local, bytes: Code): Code => set(pointer, i32.add(get(pointer), bytes));

/** A function without results, of i32 parameters. */
export class Routine {
  private readonly locals: ValueType[] = [];
  private body: number[] = [];

  constructor(
    readonly name: string,
    readonly parameters: number,
  ) {}

  parameter(index: number): Local {
    return index as Local;
  }

  local(type: ValueType): Local {
    this.locals.push(type);
    return (this.parameters + this.locals.length - 1) as Local;
  }

  emit(...statements: Code[]): void {
    for (const statement of statements) for (const byte of statement) this.body.push(byte);
  }

  encode(): number[] {
    const declared = this.locals.flatMap((type) => [1, TYPES[type]]);
    return sized([...unsigned(this.locals.length), ...declared, ...this.body, 0x0b]);
  }
}

const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const list = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const text = (value: string): number[] => sized([...new TextEncoder().encode(value)]);
const section = (id: number, content: number[]): number[] => [id, ...sized(content)];

/** A module of these routines, working in an imported memory: 'env' 'memory', shared between threads or not. */
export function assemble(routines: readonly Routine[], shared: boolean): Uint8Array<ArrayBuffer> {
  const types = list(routines.map(({ parameters }) => [0x60, ...list(new Array(parameters).fill([TYPES.i32])), 0]));
  // A shared memory is imported with its largest size, at least as large as it was made: 65,536 pages are 4 GB.
  const limits = shared ? [3, ...unsigned(1), ...unsigned(65536)] : [0, ...unsigned(1)];
  const imports = list([[...text('env'), ...text('memory'), 2, ...limits]]);
  const functions = list(routines.map((_, i) => unsigned(i)));
  const exported = list(routines.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]));
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports),
    ...section(3, functions),
    ...section(7, exported),
    ...section(10, list(routines.map((routine) => routine.encode()))),
  ]);
}
