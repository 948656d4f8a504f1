import { afterAll, expect, test } from 'vitest';
import { opCases } from '../testing/cases';
import { complaints } from '../testing/check';
import { createTensorflowExecutor } from './executor';

const executor = await createTensorflowExecutor('cpu');
afterAll(() => executor.dispose());

// The definition in plain loops judges the value, differences of it judge the derivative.
test.each(opCases)('$name: value as defined, derivative as its differences', async (opCase) => {
  expect(await complaints(executor, opCase)).toEqual([]);
});
