import { expect, test } from 'vitest';
import type { LabelColumn } from '../../core/labels/column';
import { csvColumns } from '../../core/labels/csv_columns';
import { labelsCsv } from './labelsCsv';

test('saved labels are read back as they were: quotes, commas, line ends, formulas, numbers, nothing', () => {
  const names = ['a/1,2.jpg', 'a/"3".jpg', 'b/4.jpg'].map((path) => ({ path, label: null, sha256: '', fileBytes: 1 }));
  const columns: LabelColumn[] = [
    { kind: 'class', name: 'kind, or so', values: ['a "b"', null, '=1+1'] },
    { kind: 'number', name: 'price', values: [-1.5, null, 3] },
    { kind: 'class', name: 'lines', values: ['one\r\ntwo', 'x', null] },
  ];
  const pictures = names.map(({ path }) => ({ path, copies: [] }));
  expect(csvColumns(labelsCsv({ names, columns }), pictures).columns).toEqual(columns);
});
