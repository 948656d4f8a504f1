import { describe, expect, it } from 'vitest';
import { Fault } from '../fault';
import { readCsv, writeCsv } from './csv';

describe('csv', () => {
  it('follows RFC 4180', () => {
    expect(
      writeCsv(
        ['row', 'path'],
        [
          [0, 'a "b", c'],
          [1, 'two\nlines'],
          [2, null],
        ],
      ),
    ).toBe('row,path\r\n0,"a ""b"", c"\r\n1,"two\nlines"\r\n2,\r\n');
  });

  const hostile = [
    '=HYPERLINK("https://example.org","x")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tcmd',
    '\r=1',
    '＝1',
    "'=1",
    "''+1",
    "'plain",
    "it's",
    '"',
    '""',
    ',',
    '\r\n',
    '',
    ' padded ',
    '\u202Egpj.exe',
    '<img onerror=alert(1)>',
    'x'.repeat(300_000),
    '"'.repeat(100_000),
  ];
  it('gives every text back, hostile names included', () => {
    const rows = hostile.map((text, i) => [String(i), text]);
    expect(readCsv(writeCsv(['row', 'path'], rows))).toEqual({ columns: ['row', 'path'], rows, delimiter: ',' });
  });

  it('starts no field with what a spreadsheet runs, numbers excepted', () => {
    for (const text of hostile) {
      const written = writeCsv(['path'], [[text]]).slice('path\r\n'.length);
      expect(written).not.toMatch(/^"?[=+\-@\t\r＝](?!\n)/);
    }
    expect(writeCsv(['loss'], [[-1.5], ['-1.5']])).toBe("loss\r\n-1.5\r\n'-1.5\r\n");
  });

  it('reads bare newlines, a byte order mark, and a last line without an end', () => {
    expect(readCsv('\uFEFFa,b\n1,2\n3,')).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', ''],
      ],
      delimiter: ',',
    });
  });

  it('finds what stands between the fields by the header, quotes left aside', () => {
    expect(readCsv('a;"b,c,d"\n1;2').columns).toEqual(['a', 'b,c,d']);
    expect(readCsv('a\tb;c\td\n1\t2\t3').rows).toEqual([['1', '2', '3']]);
    expect(readCsv('only\na;b').rows).toEqual([['a;b']]);
  });

  it('passes over empty lines, which no record of several columns is', () => {
    expect(readCsv('a,b\r\n1,2\r\n\r\n3,4\n\n').rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(readCsv('a\n\nb\n').rows).toEqual([[''], ['b']]);
  });

  it.each([
    ['nothing', ''],
    ['an open quote', 'a\r\n"b'],
    ['a quote inside a bare field', 'a\r\nb"c"'],
    ['text behind a closing quote', 'a\r\n"b"c'],
    ['a short record', 'a,b\r\n1\r\n'],
    ['a long record', 'a\r\n1,2\r\n'],
  ])('refuses %s', (_, text) => {
    expect(() => readCsv(text)).toThrow(Fault);
  });
});
