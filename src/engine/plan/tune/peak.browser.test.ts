import { expect, test } from 'vitest';
import { lostFault, openGraphics } from '../../graphics';
import { Variables } from '../memory/variables';
import { Gpu } from '../run/gpu';
import { Plan } from '../run/plan';
import { Recording } from '../run/recording';
import { FORMS, PEAK_FLOPS, peakFlops, peakProgram } from './peak';

const { device } = await openGraphics();

// From 0, x <- x * 1 + 1 counts how often it was done: the sum of all totals is the number of multiply-adds.
test.each(FORMS)('%s is done as often as is counted', async (form) => {
  const gpu = new Gpu(device, lostFault(device));
  const plan = new Plan(gpu, await Recording.make(gpu, new Variables(gpu), peakProgram(form)));
  const { totals } = await plan.run({});
  plan.dispose();
  expect(2 * totals.reduce((sum, total) => sum + total, 0)).toBe(PEAK_FLOPS);
});

test('a device has one peak, measured once', async () => {
  const [first, again] = await Promise.all([peakFlops(device), peakFlops(device)]);
  expect(first).toBeGreaterThan(0);
  expect(again).toBe(first);
});
