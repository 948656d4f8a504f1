import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { OpKind, Tensor } from '../../graph/tensor';
import type { Pass, Step } from '../schedule';
import { sharing } from './sharing';
import type { Backward, Call, Twin } from './twin';
import { twins } from './twins';

/** A leaf's value: a scalar stays a number on the host. */
export type Leaf = tf.Tensor | number;

const twinOf = (node: Tensor): Twin<OpKind> => {
  if (!Object.hasOwn(twins, node.kind)) throw new Error(`'${node.kind}' is no op`);
  // Each twin takes the attributes of its own kind, which is the kind it was looked up by.
  return twins[node.kind as OpKind] as Twin<OpKind>;
};

/** The values of one run: leaves come from outside and are left alone, all others are made here and disposed of here. */
export class Evaluation {
  private readonly values = new Map<Tensor, tf.Tensor>();
  private readonly gradients = new Map<Pass, Map<Tensor, tf.Tensor>>();

  constructor(private readonly leaves: ReadonlyMap<Tensor, Leaf>) {}

  /** Runs all steps without a pause: nothing else gets to see TensorFlow.js in between. `made`: before anything is freed. */
  run(steps: readonly Step[], made: () => void = () => undefined): void {
    for (const step of steps) {
      this.execute(step);
      made();
      for (const { node, pass } of step.frees) {
        const place = pass ? this.gradientsOf(pass) : this.values;
        place.get(node)?.dispose();
        place.delete(node);
      }
    }
  }

  /** A handle of the caller's own to the value of a node that the steps did not free. */
  value(node: Tensor): tf.Tensor {
    const value = this.leaves.get(node) ?? this.values.get(node);
    if (value === undefined) throw new Error(`${node.kind} [${node.shape}] has no value`);
    return typeof value === 'number' ? tf.scalar(value) : sharing(value);
  }

  dispose(): void {
    for (const place of [this.values, ...this.gradients.values()]) {
      for (const tensor of place.values()) tensor.dispose();
      place.clear();
    }
  }

  private execute(step: Step): void {
    if (step.type === 'forward') this.values.set(step.node, this.forward(step.node));
    else if (step.type === 'seed') this.gradientsOf(step.pass).set(step.pass[0], tf.scalar(1));
    else if (step.type === 'backward') this.backward(step.node, step.pass, step.needs);
    else {
      const gradient = this.gradientsOf(step.pass).get(step.parameter);
      this.values.set(step.node, gradient ? sharing(gradient) : tf.zeros([...step.parameter.shape]));
    }
  }

  private forward(node: Tensor): tf.Tensor {
    const value = tf.tidy(() => twinOf(node).value(this.call(node)));
    if (`${value.shape}` !== `${node.shape}` || value.dtype !== node.dtype)
      throw new Error(`${node.kind}: came out as ${value.dtype} [${value.shape}], not ${node.dtype} [${node.shape}]`);
    return value;
  }

  private backward(node: Tensor, pass: Pass, needs: readonly boolean[]): void {
    const gradients = this.gradientsOf(pass);
    const dy = gradients.get(node);
    // Batch norm's derivative runs through its moments in closed form: the moments themselves get no gradient.
    if (!dy) return;
    const inputGradients = tf.tidy(() => {
      const twin = twinOf(node);
      const call = { ...this.call(node), dy, needs, value: this.values.get(node) } as Backward<OpKind>;
      const made = twin.gradients?.(call) ?? derived(twin, call);
      return made.map((gradient) => (gradient === dy ? sharing(dy) : gradient)) as tf.Tensor[];
    });
    node.inputs.forEach((input, i) => {
      const gradient = inputGradients[i];
      if (!gradient) return;
      const before = gradients.get(input);
      gradients.set(input, before ? tf.add(before, gradient) : gradient);
      if (before) tf.dispose([before, gradient]);
    });
  }

  /** Inputs that were freed already are those that the derivative does not read: zeros stand in for them. */
  private call(node: Tensor): Call<OpKind> {
    const values = node.inputs.map(
      (input) => this.leaves.get(input) ?? this.values.get(input) ?? tf.zeros([...input.shape], input.dtype),
    );
    return {
      attributes: node.attributes,
      inputs: values.filter((value) => typeof value !== 'number'),
      numbers: values.filter((value) => typeof value === 'number'),
      shape: node.shape,
    } as Call<OpKind>;
  }

  private gradientsOf(pass: Pass): Map<Tensor, tf.Tensor> {
    const gradients = this.gradients.get(pass) ?? new Map<Tensor, tf.Tensor>();
    this.gradients.set(pass, gradients);
    return gradients;
  }
}

/** TensorFlow.js's own derivative of the value. An operand that is there twice counts as two. */
function derived(twin: Twin<OpKind>, call: Backward<OpKind>): (tf.Tensor | null)[] {
  const { dy, needs } = call;
  const inputs = call.inputs.map(sharing);
  const asked = inputs.filter((_, i) => needs[i]);
  const { grads } = tf.engine().gradients(() => twin.value({ ...call, inputs }), asked, dy);
  return needs.map((needed) => (needed ? (grads.shift() as tf.Tensor) : null));
}
