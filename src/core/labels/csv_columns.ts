import { Fault } from '../fault';
import { readCsv } from '../formats/csv';
import type { LabelColumn } from './column';
import { type NamedPicture, PictureNames } from './paths';

const MOST_COLUMNS = 256;
const LONGEST_NAME = 200;
/** Characters within which the header has to end; a file that is no table has no line ends. */
const LONGEST_HEADER = MOST_COLUMNS * LONGEST_NAME;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export interface CsvLabels {
  /** In the order of the file, those without a single value left out. */
  columns: LabelColumn[];
  /** Heading of the column that names the pictures. */
  namedBy: string;
  /** Pictures that a record names. */
  matched: number;
  /** Names in the file that no picture has: more than one data set may share a file. */
  unknown: string[];
}

/** Begins what is said of a table that is none of labels. */
export const LABELS_REFUSED = 'Labels not taken in';
const refuse = (what: string, advice: string): Fault => new Fault('file', `${LABELS_REFUSED}: ${what}.`, advice);

function checkHeader(columns: readonly string[]): void {
  const advice = 'Keep the column that names the pictures and the columns you want to compare by.';
  if (columns.length > MOST_COLUMNS) throw refuse(`the table has ${columns.length} columns`, advice);
  const seen = new Set<string>();
  for (const name of columns) {
    if (name.length > LONGEST_NAME) throw refuse(`a heading is ${name.length} characters long`, advice);
    if (name !== '' && seen.has(name))
      throw refuse(`two columns are called "${name}"`, 'Give each column a name of its own.');
    seen.add(name);
  }
}

/** The column in which most records name a picture; of equals the first. */
function namingColumn(names: PictureNames, columns: readonly string[], rows: readonly string[][]): number {
  const found = columns.map((_, i) =>
    rows.reduce((sum, record) => sum + (names.find(record[i]).length > 0 ? 1 : 0), 0),
  );
  const most = Math.max(...found);
  if (most === 0)
    throw refuse(
      'no picture of this collection is named in it',
      'One column must hold file names or paths, such as cats/1.jpg; commas, semicolons or tabs must stand between the columns.',
    );
  return found.indexOf(most);
}

/** The record of each picture: row of the data set -> number of the record. `naming`: the column of the names. */
function matchRecords(
  names: PictureNames,
  table: readonly string[][],
  naming: number,
): { records: Map<number, number>; unknown: string[] } {
  /** Copies of one file are one picture, each with a line of its own: they have to say the same. */
  const agree = (a: number, b: number): boolean =>
    table[a].every((value, i) => i === naming || value.trim() === table[b][i].trim());
  const records = new Map<number, number>();
  const unknown: string[] = [];
  for (const [record, { [naming]: name }] of table.entries()) {
    const rows = names.find(name);
    if (rows.length > 1) {
      const [one, other] = rows.map((row) => names.pictures[row].path);
      throw refuse(`"${name}" may be ${one} or ${other}`, 'Write the path with its folder instead of the file name.');
    }
    const before = rows.length === 1 ? records.get(rows[0]) : undefined;
    if (before !== undefined && !agree(before, record))
      throw refuse(
        `records ${before + 2} (${table[before][naming]}) and ${record + 2} (${name}) are about the same picture and differ`,
        'Keep one line a picture.',
      );
    if (rows.length === 0) unknown.push(name);
    else if (before === undefined) records.set(rows[0], record);
  }
  return { records, unknown };
}

/** What a text says as a number, else NaN. `decimal`: the sign that may stand before the digits behind the whole. */
function numberOf(text: string, decimal: '.' | ','): number {
  const plain = decimal === ',' ? text.replace(',', '.') : text;
  return NUMBER.test(plain) ? Number(plain) : Number.NaN;
}

/** All numbers: a target; else classes; nothing at all: null. */
function columnOf(name: string, texts: (string | null)[], decimal: '.' | ','): LabelColumn | null {
  if (texts.every((text) => text === null)) return null;
  const values = texts.map((text) => (text === null ? null : numberOf(text, decimal)));
  const isNumber = values.every((value) => value === null || Number.isFinite(value));
  return isNumber ? { kind: 'number', name, values } : { kind: 'class', name, values: texts };
}

/**
 * Label columns of a CSV file: one column names pictures by path or file name, each other one is a number column if all
 * its values are numbers, else a class column. What stands between the fields is found, see `readCsv`. An empty field is an unknown label. Throws Fault('file').
 */
export function csvColumns(text: string, pictures: readonly NamedPicture[]): CsvLabels {
  if (text.length > LONGEST_HEADER && !text.slice(0, LONGEST_HEADER).includes('\n'))
    throw refuse('its first line does not end', 'Choose a CSV file whose first line holds the names of the columns.');
  const { columns, rows, delimiter } = readCsv(text);
  checkHeader(columns);
  if (rows.length === 0) throw refuse('it has a header and no records', 'Write one line a picture below it.');
  const names = new PictureNames(pictures);
  const naming = namingColumn(names, columns, rows);
  const { records, unknown } = matchRecords(names, rows, naming);
  const labels = columns.flatMap((heading, i) => {
    if (i === naming) return [];
    const texts = pictures.map((_, row) => {
      const record = records.get(row);
      return (record !== undefined && rows[record][i].trim()) || null;
    });
    // Where commas do not stand between the fields, they may be decimal signs, as in 1,5.
    return columnOf(heading || `column ${i + 1}`, texts, delimiter === ',' ? '.' : ',') ?? [];
  });
  if (labels.length === 0)
    throw refuse('it says nothing about the pictures it names', 'Add a column of classes or numbers.');
  return { columns: labels, namedBy: columns[naming], matched: records.size, unknown };
}
