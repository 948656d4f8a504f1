import type { DeviceReport } from '../../src/core/records';
import type { Executor } from '../../src/engine/executor';
import { byLoop, type NeighbourFinder } from '../../src/evaluate/neighbours/neighbour_finder';
import { type Bank, onDevice } from '../../src/evaluate/neighbours/on_device';
import type { Rows } from '../../src/evaluate/rows';
import { matMul } from '../../src/graph/ops/arithmetic';
import { input, variable } from '../../src/graph/ops/leaves';

/** Numbers of one variable: half of what every device binds to a kernel. */
const MOST = 2 ** 24;

/**
 * Who finds nearest rows: the graphics card that trains, where there is one; otherwise the loop, which is also faster than
 * a program that imitates a graphics card.
 */
export const neighbourFinderFor = (
  executor: Executor,
  { software }: Pick<DeviceReport, 'software'>,
): NeighbourFinder =>
  executor.backend === 'webgpu' && !software ? onDevice((unit, batch) => openBank(executor, unit, batch)) : byLoop;

/** Puts unit rows beside the run's variables, for products of `batch` queries at a time with all of them. */
export async function openBank(
  executor: Executor,
  { values, count, dim }: Rows,
  batch: number,
  most = MOST,
): Promise<Bank> {
  const each = Math.max(1, Math.floor(most / dim));
  const runs = Array.from({ length: Math.ceil(count / each) }, (_, i) => {
    const [first, rows] = [i * each, Math.min(each, count - i * each)];
    return { first, count: rows, name: `neighbours.${first}`, shape: [rows, dim] };
  });
  const variables = runs.map(({ first, count: rows, name, shape }) => [
    name,
    { shape, data: values.subarray(first * dim, (first + rows) * dim) },
  ]);
  const queries = input('queries', [batch, dim]);
  const products = runs.map(({ name, shape }) => [
    name,
    matMul(queries, variable(name, shape), { transposeRight: true }),
  ]);
  const drop = () => executor.drop(runs.map(({ name }) => name));
  try {
    executor.write(Object.fromEntries(variables));
    const outputs = Object.fromEntries(products);
    const executable = await executor.compile({ name: 'nearest rows', outputs, updates: {} });
    return {
      async products(asked) {
        const made = await executable.run({ queries: asked });
        return runs.map(({ first, count: rows, name }) => ({ first, count: rows, values: made[name] }));
      },
      dispose() {
        executable.dispose();
        drop();
      },
    };
  } catch (cause) {
    drop();
    throw cause;
  }
}
