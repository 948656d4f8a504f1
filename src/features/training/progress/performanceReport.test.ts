import { expect, test } from 'vitest';
import type { RunConfig } from '../../../core/config';
import type { DeviceReport } from '../../../core/records';
import { performanceReport } from './performanceReport';

test('a report says device, limits, network, rate, and the speed of each kernel that multiplies beside the peak', () => {
  const report = performanceReport({
    device: {
      backend: 'webgpu',
      name: 'apple metal-3',
      software: false,
      peakFlops: 12e12,
      limits: { maxBufferSize: 2 ** 32, maxStorageBuffersPerShaderStage: 10 } as Record<string, number>,
    } as DeviceReport,
    config: { backbone: 'resnet18', width: 64, side: 96, batch: 64, method: 'moco', precision: 'full' } as RunConfig,
    costs: {
      dispatches: 240,
      submits: 5,
      bytesMoved: 4e9,
      flops: 400e9,
      features: [{ name: 'timestamp-query', offered: true, used: true, why: '' }],
      timedSteps: 3,
      kernels: [
        { label: 'update', launches: 2, milliseconds: 1, flops: 0 },
        { label: 'conv2d', launches: 40, milliseconds: 50, flops: 150e9 },
      ],
    },
    imagesPerSecond: 512,
    browser: 'Chrome/142',
  });
  // 64 pictures at 512 a second take 125 ms, in which 400 GFLOP are 3,200 a second.
  expect(report).toBe(
    [
      'Lookalike on apple metal-3 (webgpu, hardware)',
      'Chrome/142',
      'Features: timestamp-query, maxBufferSize 4.3 GB, maxStorageBuffersPerShaderStage 10',
      'Peak of multiply-adds, as measured: 12,000 GFLOP/s',
      'resnet18, width 64, 96 px, batch 64, moco, full precision',
      '512 images/s: 125.0 ms a step, 3,200 GFLOP/s, 26.7 % of the peak',
      '240 kernels in 5 submits, 4.0 GB read and written, 400.0 GFLOP',
      'Kernels: 51.0 ms a step, mean of 3',
      'conv2d x 40\t50.00 ms\t3,000 GFLOP/s, 25.0 % of the peak',
      'update x 2\t1.00 ms\t',
    ].join('\n'),
  );
});
