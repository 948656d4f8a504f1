import { expect, test } from 'vitest';
import { BATCHES } from '../../src/core/batches';
import { runNames } from '../../src/core/comparison/names';
import type { ComparisonCell, ComparisonRow } from '../../src/core/comparison/table';
import { comparisonCsv, comparisonMarkdown } from '../../src/core/comparison/write';
import { chooseDefaults } from '../../src/core/defaults';
import { readCsv } from '../../src/core/formats/csv';
import type { Run } from '../../src/core/records';
import { batchesTable, methodTitles } from './batches';
import { batchesSvg } from './batches_chart';

const cell = (value: number): ComparisonCell => ({
  value,
  interval: { low: value - 0.05, high: value + 0.05 },
  best: false,
  level: false,
});
const facts = { count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 };
const runs = BATCHES.map(
  ({ preset, batch = 0 }, i): Run => ({
    ...{
      id: `run ${i}`,
      dataset: 'birds',
      status: 'finished',
      createdAt: i,
      step: 9,
      seconds: 1,
      backend: '',
      executor: '',
    },
    config: { ...chooseDefaults(facts, preset, 0, null), batch },
  }),
);
const names = runNames(runs);
const rowOf = (id: string, batch: number | null, value: number): ComparisonRow => ({
  ...{
    id,
    name: names.get(id) ?? id,
    baseline: batch === null,
    settings: '',
    steps: 9,
    seconds: 1,
    images: 640,
    batch,
    queue: null,
  },
  memory: null,
  cells: [cell(value), cell(0), cell(value / 2)],
});
const rows = [
  ...BATCHES.map(({ batch = 0 }, i) => rowOf(`run ${i}`, batch, (i + 1) / 10)),
  rowOf('untrained encoder', null, 0.05),
];
const columns = [
  { measure: 'kNN' as const, labels: 'folder', protocol: '' },
  { measure: 'RankMe' as const, protocol: '' },
  { measure: 'two-view R@1' as const, protocol: '' },
];
const table = batchesTable({ columns, rows });
const chart = (of = table): string => batchesSvg(of, methodTitles(runs));

test('the table is of the measures that decide, and every line of it says its batch where a method has several', () => {
  expect(table.columns.map(({ measure }) => measure)).toEqual(['kNN', 'two-view R@1']);
  const lines = [...[8, 16, 32, 64, 128].map((batch) => `SimCLR, batch ${batch}`), 'MoCo v2', 'untrained encoder'];
  expect(table.rows.map(({ name }) => name)).toEqual(lines);
  expect(readCsv(comparisonCsv(table)).rows.map(([name]) => name)).toEqual(lines);
  expect(comparisonMarkdown(table)).toContain('| SimCLR, batch 32 |');
  expect(table.rows[2].cells.map((one) => one?.value)).toEqual([0.3, 0.15]);
});

test('the chart has a point for each run and measure, equal steps for doubled batches, larger values higher', () => {
  const svg = chart();
  const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="3.5" fill/g)].map(([, x, y]) => [+x, +y]);
  const [first] = [circles.filter(([, y]) => y !== 30).slice(0, 6)];
  expect(circles).toHaveLength(2 * (6 + 2)); // with the legends'
  const steps = first.slice(1, 5).map(([x], i) => x - first[i][0]);
  for (const step of steps) expect(step).toBeCloseTo(steps[0], 0);
  expect(first.map(([, y]) => y)).toEqual(first.map(([, y]) => y).toSorted((a, b) => b - a));
  expect(first[5][0]).toBe(first[1][0]); // MoCo stands at its own batch
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
});

test('names give no way out of the picture', () => {
  const hostile = { ...table, columns: table.columns.map((column) => ({ ...column, labels: '<script>' })) };
  expect(chart(hostile)).not.toContain('<script>');
});
