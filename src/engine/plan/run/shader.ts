import type { Slot } from '../../compiled/slot';
import type { Dispatch, Element } from '../lower/command';

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
  readonly name: string;
  readonly slot: Slot;
  readonly element: Element;
  readonly write: boolean;
}

/** How an element is declared that is kept in half precision. */
const HALVES: Readonly<Partial<Record<Element, string>>> = { f32: 'f16', vec4f: 'vec4<f16>' };

const keptAs = ({ slot, element }: Bound): string => {
  const kept = slot.half ? HALVES[element] : element;
  if (!kept) throw new Error(`plan: ${element} has no half precision`);
  return kept;
};

/** Functions that kernels read and write an operand by: values are of its element type, whatever its slot keeps. */
const load = (name: string, of: Bound): string =>
  `fn load_${name}(i: i32) -> ${of.element} { return ${of.element}(${of.name}_array[i]); }`;
const store = (of: Bound): string =>
  `fn store_${of.name}(i: i32, value: ${of.element}) { ${of.name}_array[i] = ${keptAs(of)}(value); }`;

/** @param sharesBuffer whether two slots lie in one buffer: where one of them is written, both bindings have to be writable. */
export function shaderOf(dispatch: Dispatch, scalars: number, sharesBuffer: (a: Slot, b: Slot) => boolean): Shader {
  const { reads, writes, body, functions = '', workgroups, threads = 0 } = dispatch;
  const written = Object.entries(writes).map(
    ([name, [slot, element]]): Bound => ({ name, slot, element, write: true }),
  );
  const bound = [...written];
  const access = written.flatMap((of) => [load(of.name, of), store(of)]);
  for (const [name, [slot, element]] of Object.entries(reads)) {
    // The result takes the place of this operand: one binding for both.
    const same = written.find((other) => other.slot === slot);
    const read = same ?? { name, slot, element, write: written.some((other) => sharesBuffer(other.slot, slot)) };
    if (!same) bound.push(read);
    access.push(load(name, read));
  }
  const half = bound.some(({ slot }) => slot.half);
  const usesScalars = /\bscalars\[/.test(body);
  const size = workgroups?.size ?? (threads < 64 * SMALL_WORKGROUP ? SMALL_WORKGROUP : WORKGROUP);
  const count = workgroups?.count ?? Math.ceil(threads / size);
  const x = count <= MOST_WORKGROUPS ? count : Math.ceil(Math.sqrt(count));
  const y = Math.ceil(count / x);
  const declared = bound.map(
    (of, i) =>
      `@group(0) @binding(${i}) var<storage, ${of.write ? 'read_write' : 'read'}> ${of.name}_array: array<${keptAs(of)}>;`,
  );
  if (usesScalars)
    declared.push(`@group(0) @binding(${bound.length}) var<uniform> scalars: array<vec4f, ${Math.ceil(scalars / 4)}>;`);
  const code = `${half ? 'enable f16;\n' : ''}${[...declared, ...access].join('\n')}
${workgroups?.shared ?? ''}
${functions}
@compute @workgroup_size(${size})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) index: u32, @builtin(num_workgroups) counts: vec3u) {
${workgroups ? inGroups(count, x * y) : inThreads(size, threads)}
${body}
}`;
  return {
    ...{ code, half, usesScalars, groups: [x, y] as const },
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
