import { expect, test } from 'vitest';
import { asked, ofFolder, pathOf, QUERIES, queryRows, resultsCsv } from './results';

const inside = { given: 'set/a.png', file: '/x/set/a.png', inside: 'a.png' };
const outside = { given: '../b, too.png', file: '/x/b, too.png', inside: null };
const refused = { given: 'c.png', file: '/x/c.png', inside: null };
const queries = [inside, outside, refused];
const rows = [
  { row: 0, path: 'z.png', copies: ['a.png'] },
  { row: 1, path: 'deep/y.png', copies: [] },
  { row: 2, path: `${QUERIES}/1 b, too.png`, copies: [] },
];

test('a query is the picture with its bytes, wherever that lies; one that was refused is none', () => {
  expect(queries.map(pathOf)).toEqual(['a.png', '(queries)/1 b, too.png', '(queries)/2 c.png']);
  expect(queryRows(queries, rows)).toEqual([0, 2, undefined]);
});

test('other queries are no results, and do not take the place of one', () => {
  const neighbours = [
    { row: 2, similarity: 0.9 },
    { row: 1, similarity: 0.8 },
    { row: 0, similarity: 0.7 },
  ];
  expect(ofFolder(neighbours, rows, 1)).toEqual([{ row: 1, path: 'deep/y.png', similarity: 0.8 }]);
});

test('each picture is a query, or all are examples of one; what they shall not be like is the same for all', () => {
  const given = { queries: [inside, outside], unlike: [refused] };
  expect(asked({ ...given, together: false })).toEqual([
    { given: 'set/a.png - c.png', like: [0], unlike: [2] },
    { given: '../b, too.png - c.png', like: [1], unlike: [2] },
  ]);
  expect(asked({ ...given, together: true })).toEqual([
    { given: 'set/a.png + ../b, too.png - c.png', like: [0, 1], unlike: [2] },
  ]);
});

test('the table has a line a neighbour, and quotes what needs it', () => {
  const neighbours = [
    { row: 1, path: 'deep/y.png', similarity: 0.87654321 },
    { row: 0, path: 'z.png', similarity: 0.5 },
  ];
  expect(
    resultsCsv([{ query: { given: outside.given, like: [1], unlike: [] }, rows: [2], neighbours }])
      .trim()
      .split('\r\n'),
  ).toEqual([
    'query,rank,path,similarity',
    '"../b, too.png",1,deep/y.png,0.876543',
    '"../b, too.png",2,z.png,0.500000',
  ]);
});
