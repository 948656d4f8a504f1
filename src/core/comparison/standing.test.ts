import { expect, it } from 'vitest';
import { standingRemarks } from './standing';
import { type ComparisonCell, type ComparisonRow, type ComparisonTable, UNTRAINED_ROW } from './table';

const row = (id: string, baseline: boolean, cells: (ComparisonCell | null)[]): ComparisonRow => ({
  ...{ id, name: id, baseline, ...UNTRAINED_ROW },
  cells,
});
const cell = (value: number, best: boolean, level: boolean): ComparisonCell => ({
  ...{ value, best, level, interval: { low: value - 0.1, high: value + 0.1 } },
});

const table: ComparisonTable = {
  columns: [
    { measure: 'kNN', labels: 'kind', protocol: '' },
    { measure: 'R@1', labels: 'kind', protocol: '' },
    { measure: 'mAP@R', labels: 'kind', protocol: '' },
    { measure: 'RankMe', protocol: '' },
  ],
  rows: [
    row('run', false, [cell(0.9, true, true), cell(0.8, true, true), cell(0.2, false, false), cell(9, false, false)]),
    row('pixels', true, [
      cell(0.5, false, false),
      cell(0.79, false, true),
      cell(0.7, true, true),
      cell(3, false, false),
    ]),
  ],
  remarks: [],
};

it('says where a run is ahead of the baselines and where that is open, and nothing else', () => {
  expect(standingRemarks(table)).toEqual([
    { good: true, text: 'run does better than every baseline by kNN (kind).' },
    { good: false, text: 'run is not distinguishable from the best baseline by R@1 (kind).' },
  ]);
});

it('does not speak of a baseline that was not tested', () => {
  const rows = [...table.rows, row('network', true, [null, cell(0.3, false, false), cell(0.1, false, false), null])];
  expect(standingRemarks({ ...table, rows }).map(({ text }) => text)).toEqual([
    'run does better than every baseline that was tested by kNN (kind).',
    'run is not distinguishable from the best baseline by R@1 (kind).',
  ]);
});

it('says once what is so of several', () => {
  const rows = [...table.rows, { ...table.rows[0], id: 'other', name: 'other' }];
  expect(standingRemarks({ ...table, rows }).at(-1)?.text).toBe(
    'run and other are not distinguishable from the best baseline by R@1 (kind).',
  );
});

it('gives each kind of run a sentence of its own where they stand alike by different measures', () => {
  const [first, pixels] = table.rows;
  const other = row('other', false, [cell(0.2, false, false), null, cell(0.69, false, true), null]);
  expect(standingRemarks({ ...table, rows: [first, other, pixels] }).at(-1)?.text).toBe(
    'Not distinguishable from the best baseline: run by R@1 (kind). other by mAP@R (kind).',
  );
});

it('takes nobody for untested by what cannot be asked of it', () => {
  const columns = [...table.columns, { measure: 'two-view R@1' as const, recipe: 'natural' as const, protocol: '' }];
  const [run, pixels] = table.rows;
  const rows = [
    { ...run, cells: [...run.cells, cell(0.8, true, true)] },
    { ...pixels, cells: [...pixels.cells, null] },
    row('untrained', true, [cell(0.4, false, false), cell(0.3, false, false), null, null, cell(0.2, false, false)]),
  ];
  expect(standingRemarks({ ...table, columns, rows })[0].text).toBe(
    'run does better than every baseline by kNN (kind); two-view R@1.',
  );
});
