import { elements, type Kind, type Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import type { Operations } from './operations';
import type { Backward, NodeOf } from './rule';
import { type Home, isWhole, Slot, type SlotOptions, type Value, whole } from './slot';

/** What every target has; the others are for processors. */
export type Operation = Exclude<keyof typeof Operations, 'copy' | 'fill'>;

export interface Operands {
  readonly b?: Slot;
  /** A number, or the node of one of the run's. */
  readonly factor?: number | Tensor;
}

/** Where a gradient's next contribution goes: `slot[i] = base[i] + contribution`, base null for the first one. */
export interface Target {
  readonly slot: Slot;
  readonly base: Slot | null;
}

/** The commands of a program while its nodes are lowered one after another, and where each value and gradient is. */
export abstract class Lowering<Command = unknown> {
  readonly commands: Command[] = [];
  /** Operations of the node that is being lowered: of its value, or of its derivative at one operand. */
  flops = 0;
  protected readonly values = new Map<Tensor, Value>();
  private readonly gradients = new Map<Pass, Map<Tensor, Value>>();
  /** Slots that are more than one node's: to be copied, not added to in place. */
  private readonly shared = new Set<Slot>();
  /** Where the gradients of variables lie. */
  protected readonly sums: Home = 'pool';

  /** y = operation(a, b), element by element. */
  abstract each(label: string, name: Operation, y: Slot, a: Slot, operands?: Operands): void;
  /** Adds operation(dy, b) to the gradient at an input. `own`: nobody reads dy after this. */
  abstract derive(
    backward: Backward<NodeOf<Kind>>,
    index: number,
    name: Operation,
    operands: Operands,
    own?: boolean,
  ): void;
  /** All of a slot to another; `update`: it is a variable's new value, which may be made in its place. */
  abstract copy(label: string, from: Slot, to: Slot, options?: { update?: boolean }): void;
  /** A number that is fed, from now on the value of its node. */
  abstract feed(node: Tensor<'scalar'>): void;
  protected abstract summed(value: Value, size: number, label: string, home?: Home): Slot;

  slot(label: string, count: number, options?: SlotOptions): Slot {
    return new Slot(label, count, options);
  }

  /** A new slot for a node's value. */
  make(node: Tensor, half = false): Slot {
    const slot = this.slot(node.kind, elements(node.shape), { dtype: node.dtype, half });
    this.set(node, slot);
    return slot;
  }

  set(node: Tensor, value: Value | Slot): void {
    this.values.set(node, asValue(value));
  }

  has(node: Tensor): boolean {
    return this.values.has(node);
  }

  value(node: Tensor): Value {
    const value = this.values.get(node);
    if (!value) throw new Error(`${node.kind} [${node.shape}] has no value yet`);
    return value;
  }

  /** A node's value as one run of elements. */
  of(node: Tensor): Slot {
    return this.settled(this.values, node, this.value(node), node.kind);
  }

  /** The gradient at a node as one run of elements; null where the loss does not depend on it. */
  gradientOf(node: Tensor, pass: Pass): Slot | null {
    const value = this.gradientValue(node, pass);
    return value && this.settled(this.gradientsOf(pass), node, value, `${node.kind} gradient`, this.homeOf(node));
  }

  gradientValue(node: Tensor, pass: Pass): Value | null {
    return this.gradientsOf(pass).get(node) ?? null;
  }

  /** Whether the gradient at a node, whose derivative is being taken, may be written over: nobody else reads it. */
  owns(node: Tensor, pass: Pass): boolean {
    const slot = this.gradientOf(node, pass);
    return slot !== null && !this.shared.has(slot) && !pass.includes(node, 1);
  }

  /** Gives a gradient as it stands: the first contribution, or it is added to what there is. `own`: it is nobody else's. */
  give(node: Tensor, pass: Pass, given: Value | Slot, own = false): void {
    const value = asValue(given);
    const size = elements(node.shape);
    if (this.gradientValue(node, pass)) {
      const added = isWhole(value, size) ? value.slot : this.summed(value, size, 'gradient');
      const { slot, base } = this.target(node, pass);
      this.each('add gradients', 'add', slot, base as Slot, { b: added });
      return;
    }
    this.gradientsOf(pass).set(node, value);
    if (!own && isWhole(value, size)) this.shared.add(value.slot);
  }

  /** Where the next contribution to the gradient at a node goes. The caller writes all of it in one command. */
  target(node: Tensor, pass: Pass): Target {
    const base = this.gradientOf(node, pass);
    if (base && !this.shared.has(base)) return { slot: base, base };
    const slot = this.slot(`${node.kind} gradient`, elements(node.shape), { home: this.homeOf(node) });
    this.gradientsOf(pass).set(node, whole(slot));
    return { slot, base };
  }

  /** Of its gradient. */
  private homeOf(node: Tensor): Home {
    return node.kind === 'variable' ? this.sums : 'pool';
  }

  private settled(place: Map<Tensor, Value>, node: Tensor, value: Value, label: string, home?: Home): Slot {
    const size = elements(node.shape);
    if (isWhole(value, size)) return value.slot;
    const slot = this.summed(value, size, label, home);
    place.set(node, whole(slot));
    return slot;
  }

  private gradientsOf(pass: Pass): Map<Tensor, Value> {
    const gradients = this.gradients.get(pass) ?? new Map<Tensor, Value>();
    this.gradients.set(pass, gradients);
    return gradients;
  }
}

const asValue = (given: Value | Slot): Value => (given instanceof Slot ? whole(given) : given);
