import { expect, test } from 'vitest';
import { emptyBrowse } from '../../../app/store/store';
import type { LabelColumn } from '../../../core/labels/column';
import { shownRows, textsOf } from './shownRows';

const names = ['owls/10.jpg', 'owls/2.jpg', 'Ducks/1.jpg', 'loose.jpg'].map((path, row) => ({
  path,
  label: null,
  sha256: '',
  fileBytes: [20, 7, 300, 7][row],
  changedAt: [undefined, 5e11, undefined, 1e12][row],
}));
const columns: LabelColumn[] = [
  { kind: 'class', name: 'folder', values: ['owls', 'owls', 'Ducks', null] },
  { kind: 'class', name: 'mine', values: ['good', null, 'good', 'bad'] },
  { kind: 'number', name: 'price', values: [30, null, 4, -1] },
];
const known = { ...emptyBrowse, names, columns };
const shown = (change: Partial<typeof known>, setAside?: number[]) =>
  shownRows({ ...known, ...change }, textsOf(known), { count: 4, setAside });

test('all pictures are shown as imported until something is asked for', () => {
  expect(shown({})).toBe(null);
  expect(shown({ words: '  ' })).toBe(null);
});

test('every word typed is in the path or in a label, whatever its case', () => {
  expect(shown({ words: 'OWLS' })).toEqual([0, 1]);
  expect(shown({ words: 'duck good' })).toEqual([2]);
  expect(shown({ words: 'good' })).toEqual([0, 2]);
  expect(shown({ words: 'swan' })).toEqual([]);
});

test('labels of one column are alternatives, those of two columns hold together, and with the words', () => {
  const owls = { column: 'folder', name: 'owls' };
  const good = { column: 'mine', name: 'good' };
  expect(shown({ chosen: [owls] })).toEqual([0, 1]);
  expect(shown({ chosen: [owls, { column: 'folder', name: 'Ducks' }] })).toEqual([0, 1, 2]);
  expect(shown({ chosen: [owls, good] })).toEqual([0]);
  expect(shown({ chosen: [good], words: 'ducks' })).toEqual([2]);
});

test('order is by name as people read numbers, by file, by label with the unlabelled last, or by scores, largest first', () => {
  expect(shown({ sort: 'name' })).toEqual([2, 3, 1, 0]);
  expect(shown({ sort: 'bytes' })).toEqual([2, 0, 1, 3]);
  expect(shown({ sort: 'changed' })).toEqual([3, 1, 0, 2]);
  expect(shown({ sort: 'label folder' })).toEqual([2, 0, 1, 3]);
  expect(shown({ sort: 'label price' })).toEqual([3, 2, 0, 1]);
  expect(shown({ sort: 'like', scores: Float32Array.of(0.1, 1, -0.5, 0.7) })).toEqual([1, 3, 0, 2]);
  expect(shown({ sort: 'like' })).toEqual([0, 1, 2, 3]);
});

test('what is set aside is found only where it is asked for', () => {
  expect(shown({}, [1])).toEqual([0, 2, 3]);
  expect(shown({ words: 'owls' }, [1])).toEqual([0]);
  expect(shown({ aside: true }, [1, 2])).toEqual([1, 2]);
  expect(shown({ aside: true, words: 'owls' }, [1, 2])).toEqual([1]);
  expect(shownRows(emptyBrowse, [], { count: 3, setAside: [0] })).toEqual([1, 2]);
});
