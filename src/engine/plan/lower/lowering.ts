import type { Precision } from '../../../core/config';
import type { Kind, Tensor } from '../../../graph/tensor';
import type { FusedKind } from '../../compiled/fusions/fused';
import { Lowering as Common, type Operands, type Operation } from '../../compiled/lowering';
import type { Backward, Lowered, NodeOf } from '../../compiled/rule';
import type { Home, Slot, Value } from '../../compiled/slot';
import { mayBeHalf } from '../../definition';
import type { Pass } from '../../schedule';
import { expression, float } from '../kernels/expression';
import type { Tuning } from '../tune/tuning';
import type { Command, Copy, Dispatch, Element } from './command';

export type Rule<K extends Kind | FusedKind> = Lowered<NodeOf<K>, Lowering>;

/** The statement that stores a value at an index. */
export type Store = (index: string, value: string) => string;

/** Operands and statement for a kernel that makes a result. */
export interface Into {
  readonly reads: Dispatch['reads'];
  readonly writes: Dispatch['writes'];
  readonly store: Store;
}

/** Programs as WGSL kernels and copies of buffers. */
export class Lowering extends Common<Command> {
  readonly scalars: string[] = [];
  /** Copies in half precision of filters, by the variables' slots. */
  readonly filters = new Map<Slot, Slot>();
  /** The optimizer reads the gradients of all parameters together. */
  protected override readonly sums = 'sums';

  constructor(
    readonly tuning: Tuning,
    /** Nodes that read a node, gradients left out. */
    readonly users: ReadonlyMap<Tensor, readonly Tensor[]>,
    private readonly precision: Precision = 'full',
  ) {
    super();
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
      body: `store_y(${toOffset / width} + t, load_x(${fromOffset / width} + t));`,
    });
  }

  override make(node: Tensor): Slot {
    return super.make(node, this.precision === 'half' && mayBeHalf(node));
  }

  each(label: string, name: Operation, y: Slot, a: Slot, { b, factor }: Operands = {}): void {
    const type = vectorOf(y.elements);
    this.dispatch({
      label,
      reads: { a: [a, type], ...(b ? { b: [b, type] } : {}) },
      writes: { y: [y, type] },
      threads: y.elements / widthOf(type),
      body: `store_y(t, ${expression(name, type, 'load_a(t)', 'load_b(t)', this.number(factor))});`,
      inPlace: 'a',
    });
  }

  derive({ node, pass, dy }: Backward<NodeOf<Kind>>, index: number, name: Operation, { b, factor }: Operands): void {
    const type = vectorOf(dy.elements);
    const { reads, writes, store } = this.into(node.inputs[index], pass, 'dx', type);
    this.dispatch({
      label: `${node.kind} gradient`,
      reads: { dy: [dy, type], ...(b ? { b: [b, type] } : {}), ...reads },
      writes,
      threads: dy.elements / widthOf(type),
      body: store('t', expression(name, type, 'load_dy(t)', 'load_b(t)', this.number(factor))),
    });
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

  /** Operands and statement for a kernel that adds to the gradient at `node`; `name` is the operand's. */
  into(node: Tensor, pass: Pass, name: string, element: Element): Into {
    const { slot, base } = this.target(node, pass);
    return {
      reads: base ? { [`${name}_base`]: [base, element] } : {},
      writes: { [name]: [slot, element] },
      store: (index, value) => `store_${name}(${index}, ${base ? `load_${name}_base(${index}) + ` : ''}${value});`,
    };
  }

  feed({ attributes: { name } }: Tensor<'scalar'>): void {
    if (!this.scalars.includes(name)) this.scalars.push(name);
  }

  /** A factor in a kernel's text: a number of the graph, or one of the run's. */
  readonly number = (factor: number | Tensor = 0): string => {
    if (typeof factor === 'number') return float(factor);
    const i = this.scalars.indexOf((factor as Tensor<'scalar'>).attributes.name);
    return `scalars[${i >> 2}].${'xyzw'[i & 3]}`;
  };

  protected summed(
    { slot: from, offset, count, stride, factor }: Value,
    size: number,
    label: string,
    home?: Home,
  ): Slot {
    const slot = this.slot(label, size, { home });
    const type = [size, offset, stride].every((length) => length % 4 === 0) ? 'vec4f' : 'f32';
    const width = widthOf(type);
    this.dispatch({
      label: 'sum of parts',
      reads: { parts: [from, type] },
      writes: { y: [slot, type] },
      threads: size / width,
      body: `
        var total = ${type}(0.0);
        for (var part = 0; part < ${count}; part++) { total += load_parts(${offset / width} + part * ${stride / width} + t); }
        store_y(t, total * ${float(factor)});`,
    });
    return slot;
  }
}

/** The same for one that makes all of a slot. */
export const whole = (slot: Slot, element: Element): Into => ({
  reads: {},
  writes: { y: [slot, element] },
  store: (index, value) => `store_y(${index}, ${value});`,
});

/** The widest element that divides all lengths. */
export const vectorOf = (...lengths: number[]): 'vec4f' | 'f32' =>
  lengths.every((length) => length % 4 === 0) ? 'vec4f' : 'f32';

export const widthOf = (element: Element): number => (element === 'vec4f' ? 4 : 1);
