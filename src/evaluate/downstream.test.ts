import { describe, expect, it } from 'vitest';
import { UNTRAINED_ROW } from '../core/comparison/table';
import { comparisonMarkdown } from '../core/comparison/write';
import { csvColumns } from '../core/labels/csv_columns';
import { Draws } from '../core/random';
import { type Contender, compare } from './comparison/compare';
import { evaluateColumn } from './downstream';
import { keptTogether } from './split/keep_together';
import { finish } from './work';

const [count, dim] = [120, 6];
const draws = new Draws({ seed: 21, purpose: 'sample' });
const pictures = Array.from({ length: count }, (_, i) => ({ path: `${'abc'[i % 3]}/${i}.png`, copies: [] }));
const text = `file,kind,price,scene\n${pictures.map(({ path }, i) => `${path},${'abc'[i % 3]},${i % 10 === 0 ? '' : i % 7},${i >> 1}`).join('\n')}`;
/** Column 0 .. 2 hold the class, 3 the price, as strongly as told. */
const embedding = (strength: number) => ({
  values: Float32Array.from({ length: count * dim }, (_, at) => {
    const [i, j] = [Math.floor(at / dim), at % dim];
    return draws.normal() + strength * (j < 3 ? Number(i % 3 === j) : j === 3 ? (i % 7) / 3 : 0);
  }),
  count,
  dim,
});

describe('evaluating by label columns', () => {
  const { columns } = csvColumns(text, pictures);
  const [kind, price, scene] = columns;
  const units = keptTogether(count, { groups: scene });
  const contender = (name: string, strength: number, baseline: boolean): Contender => {
    const rows = embedding(strength);
    const measures = [kind, price].flatMap((column) => finish(evaluateColumn(rows, column, { units })).measures);
    return {
      id: name,
      name,
      baseline,
      ...UNTRAINED_ROW,
      measures,
    };
  };

  it('leads from a CSV file to a table whose best is the better embedding', () => {
    const contenders = [contender('weak', 0, false), contender('pixels', 4, true)];
    const table = finish(compare(contenders, { units }));
    expect(table.columns.map(({ measure, labels }) => `${measure} ${labels}`)).toEqual([
      ...['mAP@R', 'kNN', 'R@1', 'R@5', 'R@10', 'probe top-1', 'probe macro'].map((name) => `${name} kind`),
      ...[1, 5, 20].map((shots) => `few-shot ${shots} kind`),
      'probe R2 price',
      'probe MAE price',
    ]);
    expect(table.rows.map(({ cells }) => cells[0]?.best)).toEqual([false, true]);
    const protocols = table.columns.map(({ protocol }) => protocol).join('\n');
    expect(protocols).toContain('120 pictures in 60 units');
    expect(protocols).toContain('no picture finds those of its own unit');
    expect(protocols).toContain('bootstrap over 60 groups');
    expect(comparisonMarkdown(table)).toContain('| pixels (baseline) |');
  });
});
