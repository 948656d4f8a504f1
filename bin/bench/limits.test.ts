import { expect, test } from 'vitest';
import { limitWords, reachedWords } from './limits';
import { rateOnly } from './result';

const limits = { flops: 4e12, bandwidth: 1e12 };
const what = { row: 'step', title: 'small', peer: 'plan', unit: 'images/s', batch: 4 };

test('shares of the peak and of the bandwidth follow from the rate', () => {
  // 8 billion operations and 2 billion bytes a run of 4 pictures, 1,000 pictures a second: 250 runs.
  const result = rateOnly(what, [1000], 8e9);
  const report = { dispatches: 1, submits: 1, bytes: 2e9, flops: 8e9 };
  // Convolutions take 2.5 ms of a run of 4 ms: 6 billion in that time are 2.4 a nanosecond.
  const kernels = [
    { label: 'conv2d', launches: 2, milliseconds: 2, flops: 4e9, bytes: 0 },
    { label: 'conv2d dx', launches: 1, milliseconds: 0.5, flops: 2e9, bytes: 0 },
    { label: 'matMul', launches: 1, milliseconds: 1.5, flops: 2e9, bytes: 0 },
  ];
  const words = reachedWords({ ...result, report, kernels }, limits);
  expect(words).toBe(
    'plan: 50% of the peak; 1,907 MB a run are 500 GB/s, 50% of the bandwidth; convolutions alone 60% of the peak',
  );
  expect(reachedWords(result, limits)).toBeNull();
  expect(limitWords(limits)).toBe('Measured peak of fp32: 4,000 GFLOP/s; bandwidth of a copy: 1,000 GB/s');
});
