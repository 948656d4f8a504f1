import { Fault } from '../core/fault';
import type { NamedArray } from '../core/records';
import { elements, type Shape } from '../graph/tensor';
import type { Architecture } from './backbones/architecture';
import type { Backbone } from './backbones/backbone';
import { encoderWeights } from './encoder';
import { variableName, type WeightSpec } from './weights';

/** Which of our dimensions stands where in torch's layout: OIHW convolutions, [out, in] linears. */
function torchOrder({ role, shape }: WeightSpec): readonly number[] {
  if (role === 'convolution' || role === 'colour') return [3, 2, 0, 1];
  if (role === 'linear') return [1, 0];
  return shape.map((_, i) => i);
}

export const torchShape = (spec: WeightSpec): Shape => torchOrder(spec).map((d) => spec.shape[d]);

/** Calls `visit(theirs, ours)` with the positions of each value in torch's and in our row-major order. */
function eachPosition(spec: WeightSpec, visit: (theirs: number, ours: number) => void): void {
  const order = torchOrder(spec);
  const stride = order.map((d) => elements(spec.shape.slice(d + 1)));
  const size = torchShape(spec);
  let theirs = 0;
  const walk = (d: number, ours: number): void => {
    if (d === size.length) visit(theirs++, ours);
    else for (let i = 0; i < size[d]; i++) walk(d + 1, ours + i * stride[d]);
  };
  walk(0, 0);
}

export function toTorch(spec: WeightSpec, ours: NamedArray): NamedArray {
  const data = new Float32Array(ours.data.length);
  eachPosition(spec, (theirs, at) => {
    data[theirs] = ours.data[at];
  });
  return { shape: torchShape(spec), data };
}

export function fromTorch(spec: WeightSpec, theirs: NamedArray): NamedArray {
  const data = new Float32Array(theirs.data.length);
  eachPosition(spec, (at, ours) => {
    data[ours] = theirs.data[at];
  });
  return { shape: spec.shape, data };
}

/** A tensor as a weight file holds it. */
interface FileTensor {
  dtype: string;
  shape: readonly number[];
  data: ArrayLike<number | bigint>;
}

type Layout = Backbone['layout'];

/**
 * Weights by name in our layout, out of a file in torch's, or in Keras', which is ours. `prefix` stands before every name
 * in the file.
 * @throws Fault('file') naming the tensor that is missing, unknown, misshapen or not a number.
 */
export function weightsFromFile(
  file: string,
  tensors: ReadonlyMap<string, FileTensor>,
  prefix: string,
  specs: readonly WeightSpec[],
  layout: Layout = 'torchvision',
): Record<string, NamedArray> {
  const refuse = (name: string, what: string): never => {
    throw new Fault('file', `${file}: the tensor '${prefix}${name}' ${what}.`, 'Use a file of the same encoder.');
  };
  const known = new Set(specs.map(({ name }) => name));
  for (const name of tensors.keys()) {
    const rest = name.slice(prefix.length);
    // torch counts batches for a mode of batch norm that nobody here uses.
    if (name.startsWith(prefix) && !known.has(rest) && !rest.endsWith('num_batches_tracked'))
      refuse(rest, 'is not a weight of this encoder');
  }
  const entries = specs.map((spec) => {
    const found = tensors.get(prefix + spec.name) ?? refuse(spec.name, 'is missing');
    if (found.dtype !== 'F32' || !(found.data instanceof Float32Array))
      return refuse(spec.name, `is ${found.dtype}, not 32-bit floats`);
    const shape = layout === 'keras' ? spec.shape : torchShape(spec);
    if (`${found.shape}` !== `${shape}`) refuse(spec.name, `has the shape [${found.shape}] and should have [${shape}]`);
    if (!found.data.every(Number.isFinite)) refuse(spec.name, 'holds values that are not numbers');
    const theirs = { shape: found.shape, data: found.data };
    return [spec.name, layout === 'keras' ? theirs : fromTorch(spec, theirs)] as const;
  });
  return Object.fromEntries(entries);
}

/** The query encoder of a checkpoint, named and laid out as its backbone's makers do: what model.safetensors holds. */
export function fileTensors(
  variables: Readonly<Record<string, NamedArray>>,
  encoder: Architecture,
): Record<string, NamedArray> {
  const entries = encoderWeights(encoder).map((spec) => {
    const ours = variables[variableName('query', spec.name)];
    if (!ours) throw new Error(`fileTensors: the checkpoint holds no '${spec.name}'`);
    return [spec.name, encoder.backbone.layout === 'keras' ? ours : toTorch(spec, ours)] as const;
  });
  return Object.fromEntries(entries);
}
