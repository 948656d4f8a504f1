import { expect, test } from 'vitest';
import { bestEncoder, encoderVerdict, type Measured } from '../../src/core/best_encoder';
import type { MeasureName } from '../../src/core/records';
import { encoderTable } from './encoders';

const measured = (name: string, values: Readonly<Record<string, number>>, half = 0.02): Measured => ({
  name,
  measures: Object.entries(values).map(([of, value]) => ({
    name: of as MeasureName,
    value,
    interval: { low: value - half, high: value + half },
    protocol: '',
  })),
});

const pixels = measured('raw pixels', { kNN: 0.4, 'mAP@R': 0.2 });
const frozen = measured('inception-v3', { kNN: 0.5, 'mAP@R': 0.3 });

test('the best is the best by the whole ranking where that was measured of all', () => {
  const trained = measured('trained', { kNN: 0.6, 'mAP@R': 0.25 });
  expect(bestEncoder([pixels, frozen, trained])).toMatchObject({ best: { name: 'inception-v3' }, by: 'mAP@R' });
  expect(bestEncoder([measured('a', {}), measured('b', {})])).toBe(null);
});

test('intervals that do not meet make a verdict, and nothing else does', () => {
  const verdict = (value: number) =>
    encoderVerdict([pixels, frozen, measured('trained', { 'mAP@R': value })], 'trained');
  expect(verdict(0.35)).toBe(
    'The trained encoder finds better than inception-v3 (mAP@R 35.0 %, 33.0 to 37.0 %; inception-v3: mAP@R 30.0 %, 28.0 to 32.0 %).',
  );
  expect(verdict(0.25)).toMatch(/^The trained encoder finds worse than inception-v3 .*: search with that\.$/);
  expect(verdict(0.31)).toMatch(/^The trained encoder cannot be told from inception-v3 /);
  expect(encoderVerdict([pixels], 'trained')).toMatch(/^Nothing tells/);
});

test('a trained encoder that is better refined counts as that', () => {
  const trained = [measured('trained', { 'mAP@R': 0.25 }), measured('trained refined', { 'mAP@R': 0.4 })];
  expect(encoderVerdict([pixels, frozen, ...trained], 'trained')).toMatch(
    /^The trained refined encoder finds better than inception-v3 /,
  );
});

test('the table marks the best, leaves out what nothing was measured by, and ends with the verdict', () => {
  const lines = encoderTable([pixels, frozen, measured('trained', { kNN: 0.6, 'mAP@R': 0.25 })], 'inception-v3').split(
    '\n',
  );
  expect(lines[0]).toMatch(/^encoder \(\* the best\) {2}kNN {4}mAP@R$/);
  expect(lines[2]).toMatch(/^inception-v3 \* +0\.500 {2}0\.300$/);
  expect(lines.at(-1)).toMatch(/^The trained encoder finds worse/);
});
