import { expect, test } from 'vitest';
import type { Measured } from '../../src/core/encoders/decisive';
import type { MeasureName } from '../../src/core/records';
import { encoderTable } from './encoders';

const measured = (name: string, values: Readonly<Record<string, number>>): Measured => ({
  name,
  measures: Object.entries(values).map(([of, value]) => ({ name: of as MeasureName, value, protocol: '' })),
});

test('the table marks the best, leaves out what nothing was measured by, and ends with the verdict', () => {
  const encoders = [
    measured('raw pixels', { kNN: 0.4, 'mAP@R': 0.2 }),
    measured('inception-v3', { kNN: 0.5, 'mAP@R': 0.3 }),
    measured('trained', { kNN: 0.6 }),
  ];
  const verdict = { outcome: 'worse', text: 'MoCo v2 finds worse.' } as const;
  const lines = encoderTable({ encoders, best: 'inception-v3', verdict }).split('\n');
  expect(lines[0]).toMatch(/^encoder \(\* the best\) {2}mAP@R {2}kNN$/);
  expect(lines[2]).toMatch(/^inception-v3 \* +0\.300 {2}0\.500$/);
  expect(lines[3]).toMatch(/^trained +- +0\.600$/);
  expect(lines.at(-1)).toBe('MoCo v2 finds worse.');
  expect(encoderTable({ encoders: [], best: null, verdict: null })).toContain('Nothing tells');
});
