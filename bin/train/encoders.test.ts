import { expect, test } from 'vitest';
import type { Measured } from '../../src/core/encoders/decisive';
import type { MeasureName } from '../../src/core/measures';
import { encoderTable } from './encoders';

const measured = (name: string, values: Readonly<Record<string, number>>): Measured => ({
  name,
  measures: Object.entries(values).map(([of, value]) => ({
    ...{ name: of as MeasureName, value, protocol: '' },
    interval: { low: value - 0.1, high: value + 0.1 },
  })),
});

test('the table has the best first, leaves out what nothing was measured by, and ends with the verdict', () => {
  const encoders = [
    measured('raw pixels', { kNN: 0.4, 'mAP@R': 0.2 }),
    measured('trained', { kNN: 0.6 }),
    measured('inception-v3', { kNN: 0.5, 'mAP@R': 0.3 }),
    measured('mobilenet-v2', {}),
  ];
  const verdict = { outcome: 'worse', advice: 'MoCo v2 finds worse.', figures: 'By folders.' } as const;
  expect(encoderTable({ encoders, verdict })).toBe(
    [
      `by mAP@R, the best first  ${'mAP@R'.padEnd(21)}  kNN`,
      'inception-v3              30.0 % (20.0 to 40.0)  50.0 % (40.0 to 60.0)',
      'raw pixels                20.0 % (10.0 to 30.0)  40.0 % (30.0 to 50.0)',
      'trained                   -                      60.0 % (50.0 to 70.0)',
      '',
      'MoCo v2 finds worse.',
      'By folders.',
    ].join('\n'),
  );
  expect(encoderTable({ encoders: [], verdict: null })).toMatch(/^Nothing tells/);
});
