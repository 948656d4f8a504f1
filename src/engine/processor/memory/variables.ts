import { type Dtype, elements, type Shape } from '../../../graph/tensor';
import { Slot } from '../../compiled/slot';
import type { Values } from '../../executor';
import type { Machine } from '../run/machine';

interface Variable {
  readonly address: number;
  readonly shape: Shape;
  readonly dtype: Dtype;
}

const dtypeOf = (data: Values['data']): Dtype => (data instanceof Int32Array ? 'int32' : 'float32');
const sizeOf = ({ shape }: { shape: Shape }): number => new Slot('', elements(shape)).bytes;

/** Named values that stay between runs. Who is written again keeps its place. */
export class Variables {
  private readonly held = new Map<string, Variable>();
  /** Grows when a place changes: addresses taken before are then worthless. */
  version = 0;

  constructor(private readonly machine: Machine) {}

  /** @throws NoRoom where the memory has none. */
  write(values: Readonly<Record<string, Values>>): void {
    const entries = Object.entries(values);
    for (const [name, { shape, data }] of entries)
      if (data.length !== elements(shape)) throw new Error(`${name}: ${data.length} values for shape [${shape}]`);
    for (const [name, value] of entries) {
      const { address } = this.made(name, value.shape, dtypeOf(value.data));
      this.view({ address, ...value, dtype: dtypeOf(value.data) }).set(value.data);
    }
  }

  get(name: string): Variable {
    const variable = this.held.get(name);
    if (!variable) throw new Error(`there is no variable '${name}'`);
    return variable;
  }

  /** A variable's place, which a program is about to write. */
  made(name: string, shape: Shape, dtype: Dtype): Variable {
    const before = this.held.get(name);
    if (before && `${before.shape}` === `${shape}` && before.dtype === dtype) return before;
    this.drop([name]);
    const variable = { address: this.machine.heap.allocate(sizeOf({ shape })), shape, dtype };
    this.held.set(name, variable);
    this.version++;
    return variable;
  }

  read(name: string): Values {
    const variable = this.get(name);
    return { shape: variable.shape, data: this.view(variable).slice() };
  }

  drop(names: readonly string[]): void {
    for (const name of names) {
      const variable = this.held.get(name);
      if (!variable) continue;
      this.machine.heap.release(variable.address, sizeOf(variable));
      this.held.delete(name);
      this.version++;
    }
  }

  bytes(): number {
    return [...this.held.values()].reduce((sum, variable) => sum + sizeOf(variable), 0);
  }

  private view({ address, shape, dtype }: Variable): Float32Array | Int32Array {
    return this.machine.values(address, elements(shape), dtype);
  }
}
