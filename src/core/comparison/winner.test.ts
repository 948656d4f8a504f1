import { expect, test } from 'vitest';
import { type ComparisonColumn, type ComparisonRow, UNTRAINED_ROW } from './table';
import { encoderOfRow, winner, winnerWords } from './winner';

const columns: ComparisonColumn[] = [
  { measure: 'kNN', labels: 'folder', protocol: '' },
  { measure: 'mAP@R', labels: 'folder', protocol: '' },
];
const row = (id: string, baseline: boolean, values: (number | null)[], level = false): ComparisonRow => ({
  ...UNTRAINED_ROW,
  id,
  name: id,
  baseline,
  cells: values.map((value) => (value === null ? null : { value, best: false, level })),
});

test('the best that can search wins, by the whole ranking before the first neighbours', () => {
  const rows = [
    row('run', false, [0.5, 0.3]),
    row('pretrained inception-v3', true, [0.6, 0.28], true),
    row('untrained encoder', true, [0.2, 0.1]),
    row('raw pixels', true, [0.9, 0.9]),
  ];
  const won = winner({ columns, rows });
  expect(won).toMatchObject({ row: { id: 'run' }, by: 'mAP@R', level: ['pretrained inception-v3'] });
  expect(winnerWords({ columns, rows })).toBe('Best by mAP@R: run, 30.0 %. Without an encoder: raw pixels 90.0 %.');
  expect(rows.map(encoderOfRow)).toEqual(['run', 'pretrained inception-v3', 'untrained', null]);
});

test('nobody wins where fewer than two were measured', () => {
  const rows = [row('run', false, [0.5, null]), row('raw pixels', true, [0.4, 0.2])];
  expect(winner({ columns, rows })).toBe(null);
  expect(winnerWords({ columns, rows })).toMatch(/cannot be compared yet/);
});
