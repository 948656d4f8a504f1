import type { Tensor as Value } from '@tensorflow/tfjs-core';
import type { Kinds, OpKind, Shape } from '../../graph/tensor';

/** One node to be evaluated. */
export interface Call<K extends OpKind> {
  readonly attributes: Kinds[K];
  /** Values of the inputs in order, scalar nodes left out. */
  readonly inputs: readonly Value[];
  /** Values of the scalar nodes among the inputs, in order. */
  readonly numbers: readonly number[];
  /** Of the result. */
  readonly shape: Shape;
}

export interface Backward<K extends OpKind> extends Call<K> {
  /** What the node came out as; only there when the derivative reads it (graph/definitions.ts); zeros stand for inputs that it does not read. */
  readonly value: Value;
  /** d loss / d value. */
  readonly dy: Value;
  /** Whether d loss / d inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a kind of node runs on TensorFlow.js: its value, and the derivative beside it. Both run inside a tidy. */
export interface Twin<K extends OpKind> {
  value(call: Call<K>): Value;
  /** d loss / d inputs[i], null where it is not needed: where TensorFlow.js's own derivative of the value is wrong, slow or less exact. */
  gradients?(gradient: Backward<K>): readonly (Value | null)[];
}

/** A derivative that is computed only where it is needed. */
export const gradientsOf = (needs: readonly boolean[], ...gradients: (() => Value)[]): (Value | null)[] =>
  gradients.map((gradient, i) => (needs[i] ? gradient() : null));
