import { bytes, count, decimals, milliseconds, percent } from '../../../core/amounts';
import type { RunConfig } from '../../../core/config';
import type { RecordedPerformance } from '../../../core/performance';
import type { DeviceReport } from '../../../core/records';
import { kernelLines, stepShape } from './performanceWords';

interface Reported {
  device: DeviceReport;
  config: RunConfig;
  costs: RecordedPerformance;
  imagesPerSecond: number;
  browser: string;
}

/** GFLOP/s, and how much that is of what the device can do at most, where that was measured. */
function rate(flops: number, milliseconds: number, peak = 0): string {
  if (flops === 0 || milliseconds === 0) return '';
  const share = peak > 0 ? `, ${percent((1000 * flops) / milliseconds / peak)} of the peak` : '';
  return `${count(flops / milliseconds / 1e6)} GFLOP/s${share}`;
}

/** What a step costs on a device, as text: the device with its limits, the network, images a second, each kernel's time and speed. */
export function performanceReport({ device, config, costs, imagesPerSecond, browser }: Reported): string {
  const { backbone, width, side, batch, method, precision } = config;
  const step = imagesPerSecond > 0 ? (1000 * batch) / imagesPerSecond : 0;
  const kernels = costs.kernels ?? [];
  const total = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const flopsOf = (label: string) => kernels.find((kernel) => kernel.label === label)?.flops ?? 0;
  const lines = kernelLines(kernels).map((line) =>
    [
      `${line.label} x ${line.launches}`,
      `${decimals(line.milliseconds, 2)} ms`,
      rate(flopsOf(line.label), line.milliseconds, device.peakFlops),
    ].join('\t'),
  );
  const limits = Object.entries(device.limits ?? {}).map(
    ([name, value]) => `${name} ${value >= 2 ** 20 ? bytes(value) : value}`,
  );
  const offered = costs.features.filter((feature) => feature.offered).map(({ name }) => name);
  return [
    `Lookalike on ${device.name} (${device.backend}, ${device.software ? 'software' : 'hardware'})`,
    browser,
    [`Features: ${offered.join(', ') || 'none'}`, ...limits].join(', '),
    ...(device.peakFlops ? [`Peak of multiply-adds, as measured: ${count(device.peakFlops / 1e9)} GFLOP/s`] : []),
    `${backbone}, width ${width}, ${side} px, batch ${batch}, ${method}, ${precision ?? 'full'} precision`,
    `${imagesPerSecond > 0 ? count(imagesPerSecond) : 'unknown'} images/s: ${[milliseconds(step), rate(costs.flops, step, device.peakFlops)].filter(Boolean).join(' a step, ')}`,
    `${stepShape(costs)}, ${bytes(costs.bytesMoved)} read and written, ${decimals(costs.flops / 1e9, 1)} GFLOP`,
    ...(lines.length > 0 ? [`Kernels: ${milliseconds(total)} a step, mean of ${costs.timedSteps}`, ...lines] : []),
  ].join('\n');
}
