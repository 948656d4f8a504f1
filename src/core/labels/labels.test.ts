import { describe, expect, it } from 'vitest';
import { Fault } from '../fault';
import { type ClassColumn, classNumbers, folderColumn, knownNumbers, type NumberColumn, withLabels } from './column';
import { csvColumns } from './csv_columns';
import { classOrder } from './summary';

const pictures = ['shirts/cap/1.png', 'shirts/cap/2.png', 'shirts/mug/1.png', 'shirts/mug/é.png'].map((path) => ({
  path,
  copies: path === 'shirts/cap/2.png' ? ['old/copy.png'] : [],
}));

const message = (text: string): string => {
  try {
    csvColumns(text, pictures);
  } catch (cause) {
    if (cause instanceof Fault) return cause.message;
    throw cause;
  }
  return 'taken';
};

describe('labels from a CSV file', () => {
  it('are numbers where all are numbers, else classes, null where a field is empty or a picture is not named', () => {
    const found = csvColumns(
      'file,price,kind,note\r\ncap/1.png,-1.5e1,cap,\r\ncap/2.png,,2,\r\nmug/1.png,3,mug,\r\n',
      pictures,
    );
    expect(found).toEqual({
      columns: [
        { kind: 'number', name: 'price', values: [-15, null, 3, null] },
        { kind: 'class', name: 'kind', values: ['cap', '2', 'mug', null] },
      ],
      namedBy: 'file',
      matched: 3,
      unknown: [],
    });
  });

  it.each([
    ['semicolons', '\uFEFFfile;price;kind\r\ncap/1.png;-1,5;"a;b"\r\ncap/2.png;2;c,d\r\n'],
    ['semicolons that are named', 'sep=;\nfile;price;kind\ncap/1.png;-1,5;"a;b"\ncap/2.png;2;c,d\n'],
    ['tabs', 'file\tprice\t"kind"\ncap/1.png\t-1,5\ta;b\ncap/2.png\t2\tc,d'],
    ['commas', 'file,price,kind\ncap/1.png,-1.5,a;b\ncap/2.png,2,"c,d"'],
  ])('may have %s between the fields, and a comma for decimals where that is free', (_, text) => {
    expect(csvColumns(text, pictures).columns).toEqual([
      { kind: 'number', name: 'price', values: [-1.5, 2, null, null] },
      { kind: 'class', name: 'kind', values: ['a;b', 'c,d', null, null] },
    ]);
  });

  it('find pictures however their paths are written, wherever the column stands', () => {
    const names = ['C:\\data\\shirts\\cap\\1.png', './cap/2.png', '/home/me/shirts/mug/1.png', 'e\u0301.png'];
    const text = `size,"who, what"\n${names.map((name, i) => `${i},"${name}"`).join('\n')}`;
    const { columns, namedBy } = csvColumns(text, pictures);
    expect(namedBy).toBe('who, what');
    expect(columns[0].values).toEqual([0, 1, 2, 3]);
  });

  it('of a folded copy are those of the picture that was kept', () => {
    expect(csvColumns('file,x\ncopy.png,7\n', pictures).columns[0].values).toEqual([null, 7, null, null]);
  });

  it('leave unknown files out, and say which', () => {
    const { matched, unknown } = csvColumns('file,x\ncap/1.png,1\nhat/1.png,2\n,3\n', pictures);
    expect([matched, unknown]).toEqual([1, ['hat/1.png', '']]);
  });

  it('may be called like the parts of an object', () => {
    const { columns } = csvColumns(
      'file,__proto__,constructor\ncap/1.png,__proto__,1\nmug/1.png,toString,2\n__proto__,x,3',
      pictures,
    );
    expect(columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(classNumbers(columns[0])).toEqual({
      names: ['__proto__', 'toString'],
      numbers: Int32Array.of(0, -1, 1, -1),
    });
    expect(columns[1].values).toEqual([1, null, 2, null]);
  });

  it('are taken of copies and repeated lines that say the same', () => {
    const { columns, matched } = csvColumns('file,x\ncap/2.png,1\nold/copy.png, 1\ncap/1.png,2\n\n', pictures);
    expect(matched).toBe(2);
    expect(columns[0].values).toEqual(expect.arrayContaining([1, 2]));
  });

  it.each([
    ['no match', 'file,x\nhat/1.png,1\n', 'no picture of this collection is named in it'],
    ['bars', 'file|x\ncap/1.png|1\n', 'no picture of this collection is named in it'],
    ['an ambiguous file name', 'file,x\n1.png,1\n', '"1.png" may be shirts/cap/1.png or shirts/mug/1.png'],
    [
      'a picture named twice',
      'file,x\ncap/1.png,1\ncap/1.png,2\n',
      'records 2 (cap/1.png) and 3 (cap/1.png) are about the same picture and differ',
    ],
    [
      'a copy that differs from its picture',
      'file,x\ncap/2.png,1\nold/copy.png,2\n',
      'records 2 (cap/2.png) and 3 (old/copy.png) are about the same picture and differ',
    ],
    ['nothing', '', 'it is empty'],
    ['a header alone', 'file,x\n', 'it has a header and no records'],
    ['names alone', 'file,x\ncap/1.png,\n', 'it says nothing about the pictures it names'],
    ['equal headings', 'file,x,x\ncap/1.png,1,2\n', 'two columns are called "x"'],
    ['a huge header', ','.repeat(10_000_000), 'its first line does not end'],
    ['many columns', `${','.repeat(256)}\n${','.repeat(256)}`, 'the table has 257 columns'],
    ['a long heading', `file,${'x'.repeat(201)}\ncap/1.png,1`, 'a heading is 201 characters long'],
  ])('are refused for %s', (_, text, expected) => {
    expect(message(text)).toContain(expected);
  });
});

describe('label columns', () => {
  it('number their classes by name, numbers too', () => {
    const column: NumberColumn = { kind: 'number', name: 'group', values: [7, null, 7, 10] };
    expect(classNumbers(column)).toEqual({ names: ['10', '7'], numbers: Int32Array.of(1, -1, 1, 0) });
    expect(knownNumbers(column)).toEqual({ rows: Int32Array.of(0, 2, 3), targets: Float64Array.of(7, 7, 10) });
  });

  it('come from folders, where there are any', () => {
    expect(folderColumn(['a', null])).toEqual({ kind: 'class', name: 'folder', values: ['a', null] });
    expect(folderColumn([null, null])).toBeNull();
  });

  it('change by hand: some rows, trimmed, taken back, the old column untouched', () => {
    const bare: ClassColumn = { kind: 'class', name: 'mine', values: [null, null, null] };
    const labelled = withLabels(bare, [0, 2], ['  cat ', 'cat']);
    expect(labelled.values).toEqual(['cat', null, 'cat']);
    expect(withLabels(labelled, [2], [' ']).values).toEqual(['cat', null, null]);
    expect(bare.values).toEqual([null, null, null]);
    expect(() => withLabels(bare, [3], ['x'])).toThrow('row 3 of 3');
  });

  it('keep the order in which classes were first given, so that a key means the same one', () => {
    const bare: ClassColumn = { kind: 'class', name: 'mine', values: [null, null, null] };
    const two = withLabels(withLabels(bare, [0, 1], ['owl', 'owl']), [2], ['duck']);
    expect(classOrder(two)).toEqual(['owl', 'duck']);
    expect(classOrder(withLabels(two, [0, 1], ['tit', 'tit']))).toEqual(['tit', 'duck']); // renamed
    const one = withLabels(two, [0, 1], ['duck', null]);
    expect(classOrder(one)).toEqual(['duck']);
    expect(classOrder(withLabels(one, [0], ['owl']))).toEqual(['owl', 'duck']); // undone
    expect(classOrder({ kind: 'class', name: 'file', values: ['b', 'a', null] })).toEqual(['a', 'b']);
  });
});
