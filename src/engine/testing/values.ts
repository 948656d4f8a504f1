import type { Precision } from '../../core/config';
import { gradients } from '../../graph/ops/leaves';
import { topological } from '../../graph/program';
import type { Executor } from '../executor';
import { drawn, type OpCase, weighted } from './check';

/** A case made ready on an executor: `run` gives its value, and its gradients at all variables that are numbers. */
export async function prepared(executor: Executor, opCase: OpCase, precision: Precision = 'full') {
  const { name, result, given = {}, derivative } = opCase;
  const variables = topological([result]).filter((node) => node.kind === 'variable');
  executor.write(
    Object.fromEntries(
      variables.map(({ shape, attributes }, i) => {
        const data = (given[attributes.name] ?? drawn(shape, i).data) as Float32Array | Int32Array;
        return [attributes.name, { shape, data }];
      }),
    ),
  );
  const loss = weighted(result);
  const learned = derivative === false ? [] : variables.filter(({ dtype }) => dtype === 'float32');
  const derived = gradients(loss, learned).map((gradient, i) => [`gradient ${i}`, gradient] as const);
  const outputs = { result, loss, ...Object.fromEntries(derived) };
  const executable = await executor.compile({ name, outputs, updates: {}, precision });
  return () => executable.run(given);
}

/** Largest difference of two lists of values, as a share of the largest of them. */
export function apart(made: ArrayLike<number>, right: ArrayLike<number>): number {
  let [largest, most] = [1e-3, 0];
  for (let i = 0; i < right.length; i++) {
    largest = Math.max(largest, Math.abs(right[i]));
    most = Math.max(most, Math.abs(right[i] - made[i]));
  }
  return most / largest;
}
