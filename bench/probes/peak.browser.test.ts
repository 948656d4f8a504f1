import { expect, test } from 'vitest';
import { FORMS, openPeakProbe, type PeakProbe, PROBE_FLOPS, peakFlops } from './peak';
import { secondsOf } from './timed';

const adapter = await navigator.gpu.requestAdapter();
const device = await (adapter as GPUAdapter).requestDevice();

async function totalsOf(probe: PeakProbe): Promise<Float32Array> {
  const { size } = probe.totals;
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(probe.totals, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const totals = new Float32Array(staging.getMappedRange()).slice();
  staging.destroy();
  return totals;
}

// From 0, x <- x * 1 + 1 counts how often it was done: the sum of all totals is the number of multiply-adds.
test.each(FORMS.map((form) => [form('sum'), form] as const))('%s is done as often as is counted', async (_, form) => {
  const probe = await openPeakProbe(device, form);
  probe.set(0, 1);
  await secondsOf(device, probe, 1);
  const totals = await totalsOf(probe);
  probe.close();
  expect(2 * totals.reduce((sum, total) => sum + total, 0)).toBe(PROBE_FLOPS);
});

test('a device has one peak, measured once', async () => {
  const [first, again] = await Promise.all([peakFlops(device), peakFlops(device)]);
  expect(first).toBeGreaterThan(0);
  expect(again).toBe(first);
});
