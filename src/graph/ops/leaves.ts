import { type Dtype, demand, elements, node, type Shape, type Tensor } from '../tensor';

export const input = (name: string, shape: Shape, dtype: Dtype = 'float32'): Tensor =>
  node('input', { name }, [], shape, dtype);

export const scalar = (name: string): Tensor => node('scalar', { name }, [], []);

export const variable = (name: string, shape: Shape, dtype: Dtype = 'float32'): Tensor =>
  node('variable', { name }, [], shape, dtype);

export function constant(values: Float32Array | Int32Array, shape: Shape): Tensor {
  demand(values.length === elements(shape), 'constant', `${values.length} values for shape [${shape}]`);
  return node('constant', { values }, [], shape, values instanceof Int32Array ? 'int32' : 'float32');
}

export const stopGradient = (x: Tensor): Tensor => node('stopGradient', {}, [x], x.shape, x.dtype);

/** d loss / d parameter for each parameter, same shapes. The loss is a scalar; the parameters are any nodes it reaches. */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): Tensor[] {
  demand(loss.shape.length === 0, 'gradients', `the loss must be a scalar, not [${loss.shape}]`);
  const inputs = [loss, ...parameters];
  return parameters.map((parameter, index) => node('gradient', { index }, inputs, parameter.shape));
}
