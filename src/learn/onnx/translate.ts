import type { NamedArray } from '../../core/records';
import { topological } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import type { OnnxNode, OnnxTensor } from './format';

/** Nodes and weights of a model while it is made. Maps are NCHW in it, and NHWC in our graphs. */
export class Model {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  private names = 0;

  /** Adds a node; gives the name of what it puts out. */
  node(type: string, inputs: readonly string[], attributes?: OnnxNode['attributes'], name?: string): string {
    const output = name ?? `${type.toLowerCase()} ${this.names++}`;
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  /** Adds fixed values; gives their name. */
  tensor(shape: readonly number[], values: ArrayLike<number>, name = `constant ${this.names++}`): string {
    this.tensors.push({ name, shape, values: Float32Array.from(values) });
    return name;
  }
}

/** A node's weights and constants come with `fixed`, as our graph has them; all else by name. */
interface Operands {
  model: Model;
  /** Names of the node's inputs in the model; a fixed one's is not to be used. */
  inputs: readonly string[];
  /** Values of an input that does not depend on the pictures. */
  fixed(index: number): NamedArray;
}

/** Convolution weights [h, w, I, O], or with one row a channel [h, w, C, 1], as [O, I, h, w] or [C, 1, h, w]. */
function filters({ shape: [height, width, inner, outer], data }: NamedArray, depthwise: boolean): NamedArray {
  const [first, second] = depthwise ? [inner, outer] : [outer, inner];
  const values = new Float32Array(data.length);
  let at = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let i = 0; i < inner; i++)
        for (let o = 0; o < outer; o++) {
          const [to, from] = depthwise ? [i, o] : [o, i];
          values[((to * second + from) * height + y) * width + x] = data[at++];
        }
  return { shape: [first, second, height, width], data: values };
}

function convolution(tensor: Tensor<'conv2d' | 'depthwiseConv2d'>, { model, inputs, fixed }: Operands): string {
  const { stride, padding } = tensor.attributes;
  const [top, bottom, left, right] = padding;
  const depthwise = tensor.kind === 'depthwiseConv2d';
  const { shape, data } = filters(fixed(1), depthwise);
  const attributes = { strides: [stride, stride], pads: [top, left, bottom, right], group: depthwise ? shape[0] : 1 };
  return model.node('Conv', [inputs[0], model.tensor(shape, data)], { kernel_shape: shape.slice(2), ...attributes });
}

function pool(type: string, tensor: Tensor<'maxPool' | 'averagePool'>, { model, inputs }: Operands): string {
  const { size, stride, padding } = tensor.attributes;
  const square = { kernel_shape: [size, size], strides: [stride, stride], pads: Array(4).fill(padding) };
  return model.node(type, inputs, square);
}

/** A vector [C] is added to every pixel or row. */
function sum(tensor: Tensor<'add'>, { model, inputs, fixed }: Operands): string {
  const [x, y] = tensor.inputs;
  if (x.shape.length === y.shape.length) return model.node('Add', inputs);
  const { shape, data } = fixed(1);
  const broadcast = x.shape.length === 4 ? [...shape, 1, 1] : shape;
  return model.node('Add', [inputs[0], model.tensor(broadcast, data)]);
}

function translate(tensor: Tensor, operands: Operands): string {
  const { model, inputs, fixed } = operands;
  switch (tensor.kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
      return convolution(tensor, operands);
    case 'maxPool':
      return pool('MaxPool', tensor, operands);
    case 'averagePool':
      return pool('AveragePool', tensor, operands);
    case 'meanPool':
      return model.node('Flatten', [model.node('GlobalAveragePool', inputs)], { axis: 1 });
    case 'frozenNorm': {
      const vector = (index: number) => model.tensor(fixed(index).shape, fixed(index).data);
      // Ours: x, mean, variance, gamma, beta.
      const vectors = [3, 4, 1, 2].map(vector);
      return model.node('BatchNormalization', [inputs[0], ...vectors], {
        epsilon: { float: tensor.attributes.epsilon },
      });
    }
    case 'add':
      return sum(tensor, operands);
    case 'scale':
      return model.node('Mul', [inputs[0], model.tensor([], [tensor.attributes.factor])]);
    case 'relu':
      return model.node('Relu', inputs);
    case 'relu6':
      return model.node('Clip', [inputs[0], model.tensor([], [0]), model.tensor([], [6])]);
    case 'concatColumns':
      return model.node('Concat', inputs, { axis: 1 });
    default:
      throw new Error(`ONNX: an encoder has no ${tensor.kind}`);
  }
}

/**
 * Adds what computes `root` to a model; gives its name there. `given`: names of the graph's inputs in the model;
 * `variables`: values of the graph's variables, by name.
 */
export function addGraph(
  model: Model,
  root: Tensor,
  given: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, NamedArray>>,
): string {
  const names = new Map<Tensor, string>();
  const valuesOf = (tensor: Tensor): NamedArray => {
    if (tensor.kind === 'variable') return variables[tensor.attributes.name];
    if (tensor.kind === 'constant') return { shape: tensor.shape, data: tensor.attributes.values as Float32Array };
    throw new Error(`ONNX: a ${tensor.kind} where weights are wanted`);
  };
  for (const tensor of topological([root])) {
    if (tensor.kind === 'variable' || tensor.kind === 'constant') continue;
    if (tensor.kind === 'input') names.set(tensor, given[tensor.attributes.name]);
    else {
      const inputs = tensor.inputs.map((one) => names.get(one) ?? '');
      names.set(tensor, translate(tensor, { model, inputs, fixed: (index) => valuesOf(tensor.inputs[index]) }));
    }
  }
  return names.get(root) as string;
}
