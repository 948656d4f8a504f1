import { elements, type Kind, type Tensor } from '../../../graph/tensor';
import type { FusedKind } from '../../compiled/fusions/fused';
import { Lowering as Common, type Operands as CommonOperands } from '../../compiled/lowering';
import type { Backward, Lowered, NodeOf } from '../../compiled/rule';
import { Slot } from '../../compiled/slot';
import type { Pass } from '../../schedule';
import type { Command, Operation, Parameter } from './command';

export type Rule<K extends Kind | FusedKind> = Lowered<NodeOf<K>, Lowering>;

interface Operands extends Omit<CommonOperands, 'factor'> {
  /** A number, the node of one of the run's, or where one lies. */
  readonly factor?: CommonOperands['factor'] | Slot;
}

/** Floats of a task that only passes over memory: some microseconds of work. */
const TASK = 8192;

/** Where a gradient's contribution goes; `more` where it is added to what is there. */
export interface Target {
  readonly slot: Slot;
  readonly more: boolean;
}

/** Programs as launches of WebAssembly kernels, and what is done element by element. */
export class Lowering extends Common<Command> {
  /** Slots of the run's numbers, by name. */
  readonly scalars = new Map<string, Slot>();
  /** What rules keep from the forward pass, and filters as the kernels read them. */
  private readonly kept = new Map<Tensor | Slot, Map<string, Slot>>();

  constructor(
    readonly threads: number,
    /** Address of zeros. */
    readonly zeros: number,
  ) {
    super();
  }

  /** All tasks of a kernel; `label` where it is for more than one kind of node. */
  launch(kernel: string, tasks: number, parameters: readonly Parameter[], label = kernel, flops = 0): void {
    this.commands.push({ type: 'launch', kernel, label, tasks, parameters, flops });
  }

  /** All tasks of a kernel that takes rows, which is told first how many there are, and how many a task: `floats` are a row's. */
  launchRows(kernel: string, rows: number, floats: number, parameters: readonly Parameter[], label = kernel): void {
    const each = Math.max(1, Math.floor(TASK / Math.max(1, floats)));
    this.launch(kernel, Math.ceil(rows / each), [rows, each, ...parameters], label);
  }

  each(label: string, name: Operation['name'], y: Slot, a: Slot, { b, factor }: Operands = {}): void {
    const number = typeof factor === 'number' || factor instanceof Slot ? factor : factor && this.of(factor);
    this.commands.push({
      type: 'elementwise',
      label,
      elements: y.elements,
      operations: [{ name, y, a, b, factor: number }],
    });
  }

  /** In the place of dy where nobody else reads that. */
  derive(
    backward: Backward<NodeOf<Kind>>,
    index: number,
    name: Operation['name'],
    operands: Operands,
    own = false,
  ): void {
    const { node, pass, dy } = backward;
    const y = own && this.owns(node as Tensor, pass) ? dy : this.slot(`${node.kind} gradient`, dy.elements);
    this.each(`${node.kind} dx`, name, y, dy, operands);
    this.give(node.inputs[index], pass, y, true);
  }

  copy(label: string, from: Slot, to: Slot, { update = false } = {}): void {
    const operations: Operation[] = [{ name: 'copy', y: to, a: from }];
    this.commands.push({ type: 'elementwise', label, elements: to.elements, operations, update });
  }

  feed(node: Tensor<'scalar'>): void {
    const { name } = node.attributes;
    const slot = this.scalars.get(name) ?? new Slot(name, 1, { home: 'kept' });
    this.scalars.set(name, slot);
    this.set(node, slot);
  }

  /** Something of a node or slot, made when it is first asked for. */
  once(of: Tensor | Slot, key: string, make: () => Slot): Slot {
    const all = this.kept.get(of) ?? new Map<string, Slot>();
    const slot = all.get(key) ?? make();
    this.kept.set(of, all.set(key, slot));
    return slot;
  }

  /** For a kernel that writes the gradient at a node, or adds to it. */
  into(node: Tensor, pass: Pass): Target {
    const { slot, base } = this.target(node, pass);
    if (base && base !== slot) this.copy('add gradients', base, slot);
    return { slot, more: base !== null };
  }

  /** For commands that cannot add: they write a slot of their own, which then is added. */
  contribute(node: Tensor, pass: Pass, write: (to: Slot) => void): void {
    const slot = this.slot(`${node.kind} gradient`, elements(node.shape));
    write(slot);
    this.give(node, pass, slot, true);
  }

  protected summed(): Slot {
    throw new Error('the plan for processors leaves no sums in parts');
  }
}
