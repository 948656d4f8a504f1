import type { Kind, Kinds, Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import type { Lowering } from './lowering';
import type { Slot } from './slot';

/** Kinds that the compiler gives a value to itself. */
export type LeafKind = 'input' | 'scalar' | 'variable' | 'constant' | 'gradient';
export type OpKind = Exclude<Kind, LeafKind>;

/** A node of a known kind. */
export type NodeOf<K extends Kind> = Omit<Tensor, 'kind' | 'attributes'> & { kind: K; attributes: Kinds[K] };

/** One node to be differentiated: `dy` is the slope at it, as one run of elements. */
export interface Backward<K extends Kind> {
  readonly node: NodeOf<K>;
  readonly pass: Pass;
  readonly dy: Slot;
  /** Whether the slope at inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a kind of node is lowered to kernels: its value, and the derivative beside it. */
export interface Rule<K extends Kind> {
  value(node: NodeOf<K>, to: Lowering): void;
  /** A kind without this is constant to the derivative. */
  slopes?(backward: Backward<K>, to: Lowering): void;
  /** What `slopes` reads besides dy. */
  readonly remembers: { readonly inputs: boolean; readonly value: boolean };
}

export const NOTHING = { inputs: false, value: false };
export const INPUTS = { inputs: true, value: false };
export const VALUE = { inputs: false, value: true };
export const BOTH = { inputs: true, value: true };

/** Text for each of 0 .. count - 1, a line each: loops that are unrolled. */
export const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
