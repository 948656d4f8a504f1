import { elements, type Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import { type Command, type Home, type Launch, type Operation, Slot } from './command';

/** Floats of a task that only passes over memory: some microseconds of work. */
const TASK = 8192;

/** Rows a task, and tasks, of rows of so many floats. */
export function inTasks(rows: number, floats: number): { each: number; tasks: number } {
  const each = Math.max(1, Math.floor(TASK / Math.max(1, floats)));
  return { each, tasks: Math.ceil(rows / each) };
}

/** Where a gradient's contribution goes; `more` where it is added to what is there. */
export interface Target {
  readonly slot: Slot;
  readonly more: boolean;
}

/** The commands of a program while its nodes are lowered one after another, and where each value and gradient is. */
export class Lowering {
  readonly commands: Command[] = [];
  /** Operations of the node that is being lowered: of its value, or of its derivative at one operand. */
  flops = 0;
  /** Slots of the run's numbers, by name. */
  readonly scalars = new Map<string, Slot>();
  private readonly values = new Map<Tensor, Slot>();
  private readonly gradients = new Map<Pass, Map<Tensor, Slot>>();
  /** Gradients that are more than one node's: to be copied, not written to. */
  private readonly shared = new Set<Slot>();
  /** What rules keep from the forward pass, and filters as the kernels read them. */
  private readonly kept = new Map<Tensor | Slot, Map<string, Slot>>();

  constructor(
    readonly threads: number,
    /** Address of zeros. */
    readonly zeros: number,
  ) {}

  slot(label: string, count: number, home: Home = 'pool'): Slot {
    return new Slot(label, count, home);
  }

  launch(launch: Omit<Launch, 'type'>): void {
    this.commands.push({ type: 'launch', ...launch });
  }

  /** y = operation(a, b), element by element. */
  each(label: string, name: Operation['name'], y: Slot, a: Slot, { b, factor }: Pick<Operation, 'b' | 'factor'> = {}) {
    const operations = [{ name, y, a, b, factor }];
    this.commands.push({ type: 'elementwise', label, elements: y.elements, operations });
  }

  copy(label: string, from: Slot, to: Slot, update = false): void {
    const operations: Operation[] = [{ name: 'copy', y: to, a: from }];
    this.commands.push({ type: 'elementwise', label, elements: to.elements, operations, update });
  }

  /** A new slot for a node's value. */
  make(node: Tensor): Slot {
    const slot = this.slot(node.kind, elements(node.shape));
    this.values.set(node, slot);
    return slot;
  }

  /** The value lies where another's does. */
  set(node: Tensor, slot: Slot): void {
    this.values.set(node, slot);
  }

  of(node: Tensor): Slot {
    const slot = this.values.get(node);
    if (!slot) throw new Error(`processor: ${node.kind} [${node.shape}] has no value yet`);
    return slot;
  }

  /** Something of a node or slot, made when it is first asked for. */
  once(of: Tensor | Slot, key: string, make: () => Slot): Slot {
    const all = this.kept.get(of) ?? new Map<string, Slot>();
    const slot = all.get(key) ?? make();
    this.kept.set(of, all.set(key, slot));
    return slot;
  }

  /** Null where the loss does not depend on the node. */
  gradientOf(node: Tensor, pass: Pass): Slot | null {
    return this.gradients.get(pass)?.get(node) ?? null;
  }

  /** Whether the gradient at a node, whose derivative is being taken, may be written over: nobody else reads it. */
  owns(node: Tensor, pass: Pass): boolean {
    const slot = this.gradientOf(node, pass);
    return slot !== null && !this.shared.has(slot) && !pass.includes(node, 1);
  }

  /** Gives a gradient as it stands: the first contribution, or it is added to what there is. `own`: it is nobody else's. */
  give(node: Tensor, pass: Pass, slot: Slot, own = false): void {
    if (this.gradientOf(node, pass)) {
      const { slot: to } = this.into(node, pass);
      this.each('add gradients', 'add', to, to, { b: slot });
      return;
    }
    this.setGradient(node, pass, slot);
    if (!own) this.shared.add(slot);
  }

  /** For a kernel that writes the gradient at a node, or adds to it. */
  into(node: Tensor, pass: Pass): Target {
    const before = this.gradientOf(node, pass);
    if (before && !this.shared.has(before)) return { slot: before, more: true };
    const slot = this.slot(`${node.kind} gradient`, elements(node.shape));
    if (before) this.copy('add gradients', before, slot);
    this.setGradient(node, pass, slot);
    return { slot, more: before !== null };
  }

  /** For commands that cannot add: they write a slot of their own, which then is added. */
  contribute(node: Tensor, pass: Pass, write: (to: Slot) => void): void {
    const slot = this.slot(`${node.kind} gradient`, elements(node.shape));
    write(slot);
    this.give(node, pass, slot, true);
  }

  private setGradient(node: Tensor, pass: Pass, slot: Slot): void {
    const gradients = this.gradients.get(pass) ?? new Map<Tensor, Slot>();
    this.gradients.set(pass, gradients.set(node, slot));
  }
}
