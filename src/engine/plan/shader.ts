import type { Slot } from '../compiled/slot';
import type { Dispatch, Element } from './command';
import { halfElement, inHalf } from './half_text';

const WORKGROUP = 64;
/** Threads of a kernel are spread over workgroups of this size when they are few: two cores then share them evenly. */
const SMALL_WORKGROUP = 16;
const MOST_WORKGROUPS = 65_535;

/** A kernel's text with its bindings in order, and how many workgroups run it. */
export interface Shader {
  readonly code: string;
  /** Whether it needs WGSL's extension for half precision. */
  readonly half: boolean;
  readonly bindings: readonly { slot: Slot; write: boolean }[];
  /** The run's numbers are bound behind the slots. */
  readonly usesScalars: boolean;
  readonly groups: readonly [x: number, y: number];
}

interface Bound {
  name: string;
  slot: Slot;
  element: Element;
  write: boolean;
}

/** @param writable whether the buffer of a slot is written by this dispatch: then all of its bindings have to be writable. */
export function shaderOf(dispatch: Dispatch, scalars: number, sharesBuffer: (a: Slot, b: Slot) => boolean): Shader {
  const { reads, writes, workgroups, threads = 0 } = dispatch;
  let { body, functions = '' } = dispatch;
  const written: Bound[] = Object.entries(writes).map(([name, [slot, element]]) => ({
    name,
    slot,
    element,
    write: true,
  }));
  const bound = [...written];
  for (const [name, [slot, element]] of Object.entries(reads)) {
    // The result takes the place of this operand: one binding under one name.
    const same = written.find((other) => other.slot === slot);
    if (same) body = body.replaceAll(new RegExp(`(?<![\\w.])${name}\\b`, 'g'), same.name);
    else bound.push({ name, slot, element, write: written.some((other) => sharesBuffer(other.slot, slot)) });
  }
  const halves = new Map(bound.filter(({ slot }) => slot.half).map(({ name, element }) => [name, element]));
  [body, functions] = [inHalf(body, halves), inHalf(functions, halves)];
  const usesScalars = /\bscalars\[/.test(body);
  body = body.replaceAll(/\bscalars\[(\d+)\]/g, (_, i) => `scalars[${i >> 2}].${'xyzw'[i & 3]}`);
  const size = workgroups?.size ?? (threads < 64 * SMALL_WORKGROUP ? SMALL_WORKGROUP : WORKGROUP);
  const count = workgroups?.count ?? Math.ceil(threads / size);
  const x = count <= MOST_WORKGROUPS ? count : Math.ceil(Math.sqrt(count));
  const y = Math.ceil(count / x);
  const declared = bound.map(
    ({ name, slot, element, write }, i) =>
      `@group(0) @binding(${i}) var<storage, ${write ? 'read_write' : 'read'}> ${name}: array<${slot.half ? halfElement(element) : element}>;`,
  );
  if (usesScalars)
    declared.push(`@group(0) @binding(${bound.length}) var<uniform> scalars: array<vec4f, ${Math.ceil(scalars / 4)}>;`);
  const code = `${halves.size > 0 ? 'enable f16;\n' : ''}${declared.join('\n')}
${workgroups?.shared ?? ''}
${functions}
@compute @workgroup_size(${size})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) index: u32, @builtin(num_workgroups) counts: vec3u) {
${workgroups ? inGroups(count, x * y) : inThreads(size, threads)}
${body}
}`;
  return {
    ...{ code, half: halves.size > 0, usesScalars, groups: [x, y] as const },
    bindings: bound.map(({ slot, write }) => ({ slot, write })),
  };
}

const inThreads = (size: number, threads: number): string => `
  let t = i32((id.y * counts.x + id.x) * ${size}u + index);
  if (t >= ${threads}) { return; }`;

/** Whole workgroups leave: a barrier needs all threads of one. */
const inGroups = (count: number, launched: number): string => `
  let group = i32(id.y * counts.x + id.x);
  let local = i32(index);
  ${launched > count ? `if (group >= ${count}) { return; }` : ''}`;
