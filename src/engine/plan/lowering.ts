import type { Precision } from '../../core/config';
import { type Dtype, elements, type Tensor } from '../../graph/tensor';
import { mayBeHalf } from '../definition';
import type { Pass } from '../schedule';
import type { Command, Copy, Dispatch, Element } from './command';
import { type Home, isWhole, Slot, type Value, whole } from './slot';
import type { Tuning } from './tuning';

/** Where a gradient's next contribution goes: `slot[i] = base[i] + contribution`, base null for the first one. */
export interface Target {
  readonly slot: Slot;
  readonly base: Slot | null;
}

/** Partial means and squared deviations of each channel, [groups, parts, 2, C]; part p counts `unit` rows for each unit. */
export interface Parts {
  readonly slot: Slot;
  readonly groups: number;
  readonly channels: number;
  readonly parts: number;
  /** Units of a group: part p has those with index p, p + parts, ...; a unit is `unit` rows. */
  readonly units: number;
  readonly unit: number;
}

/** The statement that stores a value at an index. */
export type Store = (index: string, value: string) => string;

/** The commands of a program while its nodes are lowered one after another, and where each value and gradient is. */
export class Lowering {
  readonly commands: Command[] = [];
  /** Operations of the node that is being lowered: of its value, or of its derivative at one operand. */
  flops = 0;
  readonly scalars: string[] = [];
  private readonly values = new Map<Tensor, Value>();
  private readonly gradients = new Map<Pass, Map<Tensor, Value>>();
  /** Slots that are more than one node's: to be copied, not added to in place. */
  private readonly shared = new Set<Slot>();
  readonly parts = new Map<Tensor, Parts>();
  /** Copies in half precision of filters, by the variables' slots. */
  private filters: ReadonlyMap<Slot, Slot> = new Map();

  constructor(
    readonly tuning: Tuning,
    /** Nodes that read a node, gradients left out. */
    readonly users: ReadonlyMap<Tensor, readonly Tensor[]>,
    private readonly precision: Precision = 'full',
  ) {}

  slot(
    label: string,
    count: number,
    { home = 'pool', dtype = 'float32', half = false }: { home?: Home; dtype?: Dtype; half?: boolean } = {},
  ): Slot {
    return new Slot(label, count, dtype, home, half);
  }

  dispatch(dispatch: Omit<Dispatch, 'type'>): void {
    this.commands.push({ type: 'dispatch', ...dispatch });
  }

  /** Elements of one slot to another, `to.elements` of them where it is not said. */
  copy(label: string, from: Slot, to: Slot, part: Partial<Copy> = {}): void {
    const { fromOffset = 0, toOffset = 0, elements: count = to.elements, update = false } = part;
    // Buffers are copied byte by byte and in fours: all else goes through a kernel.
    const bytes = [fromOffset, toOffset, count].map((length) => length * to.elementBytes);
    if (from.half === to.half && bytes.every((length) => length % 4 === 0)) {
      this.commands.push({ type: 'copy', label, from, to, fromOffset, toOffset, elements: count, update });
      return;
    }
    const type = vectorOf(fromOffset, toOffset, count);
    const width = widthOf(type);
    this.dispatch({
      label,
      reads: { x: [from, type] },
      writes: { y: [to, type] },
      threads: count / width,
      body: `y[${toOffset / width} + t] = x[${fromOffset / width} + t];`,
    });
  }

  /** A new slot for a node's value. */
  make(node: Tensor): Slot {
    const half = this.precision === 'half' && mayBeHalf(node);
    const slot = this.slot(node.kind, elements(node.shape), { dtype: node.dtype, half });
    this.values.set(node, whole(slot));
    return slot;
  }

  set(node: Tensor, value: Value): void {
    this.values.set(node, value);
  }

  setWhole(node: Tensor, slot: Slot): void {
    this.values.set(node, whole(slot));
  }

  /** The value is another node's: whoever adds to a gradient of either makes a copy. */
  alias(node: Tensor, of: Tensor): void {
    this.values.set(node, this.value(of));
  }

  has(node: Tensor): boolean {
    return this.values.has(node);
  }

  value(node: Tensor): Value {
    const value = this.values.get(node);
    if (!value) throw new Error(`plan: ${node.kind} [${node.shape}] has no value yet`);
    return value;
  }

  /** A node's value as one run of elements. */
  of(node: Tensor): Slot {
    const value = this.value(node);
    if (isWhole(value, elements(node.shape))) return value.slot;
    const slot = this.summed(value, elements(node.shape), node.kind);
    this.values.set(node, whole(slot));
    return slot;
  }

  /** The same in single precision. */
  full(node: Tensor): Slot {
    const held = this.of(node);
    if (!held.half) return held;
    const slot = this.slot(held.label, held.elements);
    this.copy('to full precision', held, slot);
    return slot;
  }

  /** A convolution's filter: in half precision where there is a copy of it. */
  filter(node: Tensor): Slot {
    const held = this.of(node);
    return this.filters.get(held) ?? held;
  }

  setFilters(copies: ReadonlyMap<Slot, Slot>): void {
    this.filters = copies;
  }

  /** The gradient at a node as one run of elements; null where the loss does not depend on it. */
  gradientOf(node: Tensor, pass: Pass): Slot | null {
    const value = this.gradientsOf(pass).get(node);
    if (!value) return null;
    if (isWhole(value, elements(node.shape))) return value.slot;
    const slot = this.summed(value, elements(node.shape), `${node.kind} gradient`);
    this.gradientsOf(pass).set(node, whole(slot));
    return slot;
  }

  gradientValue(node: Tensor, pass: Pass): Value | null {
    return this.gradientsOf(pass).get(node) ?? null;
  }

  /** Gives a gradient as it stands: the first contribution, or it is added to what there is. */
  give(node: Tensor, pass: Pass, value: Value): void {
    const before = this.gradientOf(node, pass);
    const size = elements(node.shape);
    if (!before) {
      this.gradientsOf(pass).set(node, value);
      if (isWhole(value, size)) this.shared.add(value.slot);
      return;
    }
    const added = isWhole(value, size) ? value.slot : this.summed(value, size, 'gradient');
    const { slot, base } = this.target(node, pass);
    const type = vectorOf(slot.elements);
    this.dispatch({
      label: 'add gradients',
      reads: { a: [base as Slot, type], b: [added, type] },
      writes: { y: [slot, type] },
      threads: slot.elements / widthOf(type),
      body: 'y[t] = a[t] + b[t];',
      inPlace: 'a',
    });
  }

  /** Where the next contribution to the gradient at a node goes. The caller writes all of it in one dispatch. */
  target(node: Tensor, pass: Pass): Target {
    const base = this.gradientOf(node, pass);
    if (base && !this.shared.has(base)) return { slot: base, base };
    // The optimizer reads the gradients of all parameters together.
    const home = node.kind === 'variable' ? 'sums' : 'pool';
    const slot = this.slot(`${node.kind} gradient`, elements(node.shape), { home });
    this.gradientsOf(pass).set(node, whole(slot));
    return { slot, base };
  }

  /** Operands and statement for a kernel that adds to the gradient at `node`; `name` is the operand's. */
  into(node: Tensor, pass: Pass, name: string, element: Element) {
    const { slot, base } = this.target(node, pass);
    const store: Store = (index, value) => `${name}[${index}] = ${base ? `${name}_base[${index}] + ` : ''}${value};`;
    const reads: Dispatch['reads'] = base ? { [`${name}_base`]: [base, element] } : {};
    const writes: Dispatch['writes'] = { [name]: [slot, element] };
    return { reads, writes, store };
  }

  /** Index of a run's number among `scalars`. */
  scalar(name: string): number {
    const known = this.scalars.indexOf(name);
    return known >= 0 ? known : this.scalars.push(name) - 1;
  }

  private summed({ slot: from, offset, count, stride, factor }: Value, size: number, label: string): Slot {
    const slot = this.slot(label, size);
    const type = [size, offset, stride].every((length) => length % 4 === 0) ? 'vec4f' : 'f32';
    const width = widthOf(type);
    this.dispatch({
      label: 'sum of parts',
      reads: { parts: [from, type] },
      writes: { y: [slot, type] },
      threads: size / width,
      body: `
        var total = ${type}(0.0);
        for (var part = 0; part < ${count}; part++) { total += parts[${offset / width} + part * ${stride / width} + t]; }
        y[t] = total * ${float(factor)};`,
    });
    return slot;
  }

  private gradientsOf(pass: Pass): Map<Tensor, Value> {
    const gradients = this.gradients.get(pass) ?? new Map<Tensor, Value>();
    this.gradients.set(pass, gradients);
    return gradients;
  }
}

/** The widest element that divides all lengths. */
export const vectorOf = (...lengths: number[]): 'vec4f' | 'f32' =>
  lengths.every((length) => length % 4 === 0) ? 'vec4f' : 'f32';

export const widthOf = (element: Element): number => (element === 'vec4f' ? 4 : 1);

/** A number as a WGSL literal, to the last bit of single precision. */
export const float = (value: number): string => {
  const single = Math.fround(value);
  const text = String(single);
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
};
