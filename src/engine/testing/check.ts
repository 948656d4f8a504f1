import { Draws } from '../../core/random';
import { mean, mul } from '../../graph/ops/arithmetic';
import { constant, gradients } from '../../graph/ops/leaves';
import { topological } from '../../graph/program';
import { elements, type Shape, type Tensor } from '../../graph/tensor';
import type { Executor, Values } from '../executor';
import { derivativeAlong, plainValues } from './plain/evaluate';

/** Fixed random values, normally distributed. */
export function drawn(shape: Shape, stream: number): Values & { data: Float32Array } {
  const draws = new Draws({ seed: 11, purpose: 'sample', image: stream });
  return { shape, data: Float32Array.from({ length: elements(shape) }, () => draws.normal()) };
}

export const drawnConstant = (shape: Shape, stream: number): Tensor => constant(drawn(shape, stream).data, shape);

/** A scalar in which every element of y has a weight of its own. */
export function weighted(y: Tensor): Tensor {
  return y.shape.length === 0 ? y : mean(mul(y, drawnConstant(y.shape, 900)));
}

/** One op in use. Variables get fixed random values unless the case gives them. */
export interface OpCase {
  name: string;
  result: Tensor;
  /** Of variables, inputs and scalars by name. */
  given?: Readonly<Record<string, Float32Array | Int32Array | number>>;
  /** Whether its derivatives are compared with differences; a kind without derivative is not. */
  derivative?: boolean;
}

/** What the executor gets wrong in this case, in words; empty when nothing. */
export async function complaints(
  executor: Executor,
  { name, result, given = {}, derivative = true }: OpCase,
): Promise<string[]> {
  const variables = topological([result]).filter((node) => node.kind === 'variable');
  const loss = weighted(result);
  const values = Object.fromEntries(
    variables.map(({ shape, attributes }, i) => {
      const data = given[attributes.name] ?? drawn(shape, i).data;
      return [attributes.name, { shape, data: data as Float32Array | Int32Array }];
    }),
  );
  const parameters = derivative ? variables.filter(({ dtype }) => dtype === 'float32') : [];
  const outputs = Object.fromEntries(gradients(loss, parameters).map((gradient, i) => [`gradient ${i}`, gradient]));
  executor.write(values);
  const executable = await executor.compile({ name, outputs: { result, ...outputs }, updates: {} });
  const made = await executable.run(given);
  executable.dispose();
  executor.drop(Object.keys(values));

  const leaves = { ...given, ...Object.fromEntries(Object.entries(values).map(([key, { data }]) => [key, data])) };
  const [plain] = plainValues([result], leaves);
  const found = differ(made.result, plain.data, 1e-5) ? [`${name}: its value`] : [];
  parameters.forEach(({ shape, attributes }, i) => {
    for (const stream of [50, 51]) {
      const direction = drawn(shape, stream + 2 * i).data;
      const along = made[`gradient ${i}`].reduce((sum, gradient, j) => sum + gradient * direction[j], 0);
      const size = Math.hypot(...made[`gradient ${i}`]) * Math.hypot(...direction);
      const right = derivativeAlong(loss, leaves, attributes.name, direction);
      if (!(Math.abs(along - right) <= 2e-4 * Math.max(size, 1e-3)))
        found.push(`${name}: the gradient at '${attributes.name}' (${along}, not ${right})`);
    }
  });
  return found;
}

function differ(made: ArrayLike<number>, right: ArrayLike<number>, tolerance: number): boolean {
  const largest = Math.max(1e-3, ...Array.from(right, Math.abs));
  return (
    made.length !== right.length ||
    !Array.from(right).every((value, i) => Math.abs(made[i] - value) <= tolerance * largest)
  );
}
