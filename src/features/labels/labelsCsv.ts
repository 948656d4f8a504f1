import type { BrowseSlice } from '../../app/store/slices';
import { writeCsv } from '../../core/formats/csv';

const PATH = 'path';

/** Every picture's path with its labels, a column each, as RFC 4180 text: what `takeLabels` reads back. */
export const labelsCsv = ({ names, columns }: Pick<BrowseSlice, 'names' | 'columns'>): string =>
  writeCsv(
    [PATH, ...columns.map(({ name }) => (name === PATH ? `${PATH} (label)` : name))],
    names.map(({ path }, row) => [path, ...columns.map(({ values }) => values[row] ?? null)]),
  );
