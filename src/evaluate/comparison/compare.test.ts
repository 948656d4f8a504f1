import { describe, expect, it } from 'vitest';
import { columnWords } from '../../core/comparison/table';
import { comparisonCsv, comparisonMarkdown } from '../../core/comparison/write';
import type { RecipeName } from '../../core/config';
import { readCsv } from '../../core/formats/csv';
import type { MeasureName } from '../../core/measures';
import { scoredMeasure } from '../scores/measured';
import { finish } from '../work';
import { type Contender, compare } from './compare';

/** 100 queries, the first so many of which are hits. */
const hits = (name: MeasureName, share: number, column?: string) =>
  scoredMeasure(
    name,
    {
      kind: 'mean',
      rows: Int32Array.from({ length: 100 }, (_, i) => i),
      values: Float64Array.from({ length: 100 }, (_, i) => (i < 100 * share ? 1 : 0)),
    },
    `${name} of 100.`,
    {},
    column,
  );
const contender = (name: string, baseline: boolean, measures: Contender['measures']): Contender => ({
  id: name,
  name,
  baseline,
  settings: baseline ? '' : 'batch 64',
  steps: baseline ? 0 : 2000,
  seconds: baseline ? 0 : 150,
  images: baseline ? 0 : 128000,
  batch: baseline ? null : 64,
  queue: baseline ? null : 512,
  memory: baseline ? null : { bytes: 126_400_000, how: 'planned' },
  measures,
});
const flat = { measure: { name: 'RankMe', value: 12.345, protocol: 'Rank.' } as const };

const table = finish(
  compare([
    contender('good', false, [hits('kNN', 0.8, 'folder'), hits('probe MAE', 0.3, 'price'), flat]),
    contender('level', false, [hits('kNN', 0.79, 'folder'), hits('probe MAE', 0.31, 'price'), flat]),
    contender('bad', false, [hits('kNN', 0.3, 'folder'), hits('probe MAE', 0.9, 'price')]),
    contender('pixels', true, [hits('kNN', 0.6, 'folder'), hits('probe MAE', 0.5, 'price')]),
  ]),
);

describe('a comparison', () => {
  it('has a column for each measure of each label column, what tells encoders apart first', () => {
    expect(table.columns.map(({ measure, labels }) => [measure, labels])).toEqual([
      ['kNN', 'folder'],
      ['probe MAE', 'price'],
      ['RankMe', undefined],
    ]);
    expect(table.rows.map(({ cells }) => cells.length)).toEqual([3, 3, 3, 3]);
    expect(table.rows[3].cells[2]).toBeNull();
  });

  it('finds the best, whichever way is better, and no best where neither is', () => {
    const best = table.columns.map((_, i) => table.rows.filter(({ cells }) => cells[i]?.best).map(({ name }) => name));
    expect(best).toEqual([['good'], ['good'], []]);
  });

  it('marks what cannot be told from the best', () => {
    const level = [0, 1].map((i) => table.rows.map(({ cells }) => cells[i]?.level));
    expect(level).toEqual([
      [true, true, false, false],
      [true, true, false, false],
    ]);
  });
});

it('lets what was asked of views by other recipes stand apart', () => {
  const viewed = (name: string, baseline: boolean, share: number, recipe?: RecipeName) => {
    const measure = { name: 'two-view R@1' as const, value: share, queries: 500, protocol: `Of ${recipe}.` };
    return contender(name, baseline, [{ measure: { ...measure, ...(recipe && { recipe }) } }]);
  };
  const pixels = viewed('old', true, 0.9);
  const { columns, rows } = finish(
    compare([
      viewed('ours', false, 0.3, 'natural'),
      viewed('overhead', false, 0.5, 'overhead'),
      viewed('untrained', true, 0.6, 'natural'),
      pixels,
    ]),
  );
  expect(columns.map((column) => [columnWords(column), column.protocol])).toEqual([
    ['two-view R@1', 'Of natural.'],
    ['two-view R@1 of overhead views', 'Of overhead.'],
    ['two-view R@1 of earlier views', 'Of undefined.'],
  ]);
  expect(rows.map(({ cells }) => cells.map((cell) => cell?.best ?? null))).toEqual([
    [false, null, null],
    [null, false, null],
    [true, null, null],
    [null, null, false],
  ]);
});

describe('a written comparison', () => {
  it('is a Markdown table led by the verdict, the best row first, and none of equals in bold', () => {
    const lines = comparisonMarkdown(table).split('\n');
    expect(lines[0]).toMatch(/^Best by kNN: good, 80\.0 % \(7\d\.\d–8\d\.\d\)\. Cannot be told from it: level\.$/);
    expect(lines[2]).toBe(
      '| method | kNN (folder) | probe MAE (price) | RankMe | settings | steps | time | images | batch | queue | peak memory |',
    );
    expect(lines[3]).toBe('| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
    expect(lines[4]).toMatch(
      /^\| good \| 80\.0 % \(7\d\.\d % to 8\d\.\d %\) = \| 0\.3 \(.*\) = \| 12\.3 \| batch 64 \| 2000 \| 2 min 30 s \| 128000 \| 64 \| 512 \| 126 MB planned \|$/,
    );
    expect(lines[5]).toContain(' 79.0 % (');
    expect(lines[5]).toContain(') = |');
    expect(lines[6]).toMatch(/^\| pixels \(baseline\) \| 60\.0 % .*(\| {2}){8}\|$/);
    expect(lines).toContain('- RankMe: Rank.');
  });

  it('gives names no way out of their cells', () => {
    const hostile = { ...table, rows: [{ ...table.rows[0], name: 'a|b\n<img src=x> **c** &lt;', settings: '`|`' }] };
    const row = comparisonMarkdown(hostile)
      .split('\n')
      .find((line) => line.includes('img'));
    expect(row).toContain('| a\\|b &lt;img src=x&gt; \\*\\*c\\*\\* &amp;lt; |');
    expect(row).toContain('| \\`\\|\\` |');
    expect(row?.replaceAll('\\|', '').split('|').length).toBe(13);
  });

  it('is a CSV file that gives every number back', () => {
    const { columns, rows } = readCsv(comparisonCsv(table));
    expect(columns.slice(4, 13)).toEqual([
      'seconds',
      'images',
      'batch',
      'queue',
      'peak bytes',
      'peak is',
      'kNN (folder)',
      'kNN (folder) low',
      'kNN (folder) high',
    ]);
    const { interval, value } = table.rows[1].cells[0] as { interval: { low: number; high: number }; value: number };
    expect(rows[1].slice(10, 13).map(Number)).toEqual([value, interval.low, interval.high]);
    expect(rows[3].slice(-3)).toEqual(['', '', '']);
    expect(rows[2].slice(0, 8)).toEqual(['bad', 'no', 'batch 64', '2000', '150', '128000', '64', '512']);
  });
});
