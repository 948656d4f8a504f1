import { describe, expect, test } from 'vitest';
import { add } from '../../graph/ops/arithmetic';
import { variable } from '../../graph/ops/leaves';
import { openGraphics } from '../graphics';
import { opCases } from '../testing/cases';
import { complaints } from '../testing/check';
import { fusionCases } from '../testing/fusion_cases';
import { apart, prepared } from '../testing/values';
import { createPlanExecutor } from './executor';
import { SOFTWARE, type Tuning } from './tuning';

const { device } = await openGraphics();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

/** All that a workgroup puts together: with no part for a reader to add up, norms are among it. */
const cases = [...opCases, ...fusionCases].filter(({ name }) =>
  /mean|cross|featureStd|accuracy|InfoNCE|norm|moments|many rows/i.test(name),
);
const WITH: Tuning = { ...SOFTWARE, inlineParts: 0, subgroups: true };
const WITHOUT: Tuning = { ...WITH, subgroups: false };

const missing = device.features.has('subgroups') ? '' : ' (skipped: this adapter lists no subgroups)';

test.skipIf(missing === '')('without subgroups, every case is as defined', async () => {
  const executor = createPlanExecutor(device, WITHOUT);
  for (const opCase of cases) expect(await complaints(executor, opCase)).toEqual([]);
  executor.dispose();
});

describe.skipIf(missing !== '')(`by subgroups${missing}`, () => {
  test.each(cases)('$name: as defined, as without them, and the same at every run', async (opCase) => {
    const [on, off] = [WITH, WITHOUT].map((tuning) => createPlanExecutor(device, tuning));
    expect(await complaints(on, opCase)).toEqual([]);
    const [runOn, runOff] = [await prepared(on, opCase), await prepared(off, opCase)];
    const used = [on, off].map((executor) => executor.features().find(({ name }) => name === 'subgroups')?.used);
    expect(used).toEqual([true, false]);
    const [values, again] = [await runOn(), await runOn()];
    expect(again).toEqual(values);
    for (const [name, right] of Object.entries(await runOff()))
      expect(apart(values[name], right), name).toBeLessThan(1e-5);
    for (const executor of [on, off]) executor.dispose();
  });

  test('a program that adds nothing up over a workgroup does not ask for them', async () => {
    const executor = createPlanExecutor(device, WITH);
    const [a, b] = [variable('a', [4]), variable('b', [4])];
    await executor.compile({ name: 'sum', outputs: { y: add(a, b) }, updates: {} });
    expect(executor.features().find(({ name }) => name === 'subgroups')).toMatchObject({ offered: true, used: false });
    executor.dispose();
  });
});
