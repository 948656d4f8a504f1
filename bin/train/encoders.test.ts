import { expect, test } from 'vitest';
import type { Measured } from '../../src/core/encoders/decisive';
import type { MeasureName } from '../../src/core/records';
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
  const verdict = { outcome: 'worse', text: 'MoCo v2 finds worse.' } as const;
  expect(encoderTable({ encoders, verdict })).toBe(
    [
      `by mAP@R, the best first  ${'mAP@R'.padEnd(19)}  kNN`,
      'inception-v3              .300 (.200 to .400)  .500 (.400 to .600)',
      'raw pixels                .200 (.100 to .300)  .400 (.300 to .500)',
      'trained                   -                    .600 (.500 to .700)',
      '',
      'MoCo v2 finds worse.',
    ].join('\n'),
  );
  expect(encoderTable({ encoders: [], verdict: null })).toMatch(/^Nothing tells/);
});
