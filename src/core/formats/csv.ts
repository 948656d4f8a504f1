import { Fault } from '../fault';

/**
 * Texts that a spreadsheet would run as a formula begin so, behind any apostrophes. The full-width signs are read as
 * formulas in East Asian editions. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;
/** What the writer made of one: the same behind one apostrophe more, which spreadsheets do not show. */
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/;

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A table as RFC 4180 text: CRLF, quotes doubled, a header line. A text that begins with = + - @ gets an apostrophe
 * before it, so that opening the file in a spreadsheet runs nothing; `readCsv` takes it off. Numbers stay as they are.
 */
export function writeCsv(columns: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [columns.map(field).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** What may stand between fields: spreadsheets write semicolons where the comma is the decimal sign. */
const DELIMITERS = [',', ';', '\t'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** One field, or the whole of what is wrong: a quote inside a bare field or behind a closing quote. */
const fieldOf = (delimiter: Delimiter): RegExp =>
  new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, 'y');

/** The one that the header has most of, outside of quotes; of equals the first. */
function delimiterOf(text: string): Delimiter {
  const [header] = text.replaceAll(/"[^"]*"/g, '').split('\n', 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

/**
 * Rows of RFC 4180 text as records by column, with commas, semicolons or tabs between the fields.
 * Throws Fault('file') naming the line that does not fit.
 */
export function readCsv(text: string): { columns: string[]; rows: string[][]; delimiter: Delimiter } {
  const table: string[][] = [];
  let record: string[] = [];
  // A spreadsheet may say itself what stands between the fields.
  const said = /^\uFEFF?sep=([,;\t])\r?\n/i.exec(text);
  const body = text.slice(said ? said[0].length : Number(text.startsWith('\uFEFF')));
  const delimiter = (said?.[1] as Delimiter | undefined) ?? delimiterOf(body);
  const pattern = fieldOf(delimiter);
  for (let at = 0; at < body.length || record.length > 0; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(body);
    if (!found) throw unreadable(table.length, 'has a quote that is not closed or stands inside a field');
    const value = found[1] === undefined ? found[2] : found[1].replaceAll('""', '"');
    record.push(GUARDED.test(value) ? value.slice(1) : value);
    at = pattern.lastIndex;
    if (found[3] === delimiter) continue;
    // An empty line, as editors leave them at the end: no record of several columns looks so.
    if (table.length > 0 && table[0].length > 1 && record.length === 1 && record[0] === '') {
      record = [];
      continue;
    }
    if (table.length > 0 && record.length !== table[0].length)
      throw unreadable(table.length, `has ${record.length} fields, and the header ${table[0].length}`);
    table.push(record);
    record = [];
  }
  if (table.length === 0) throw new Fault('file', 'Not a usable CSV file: it is empty.', 'Choose another file.');
  return { columns: table[0], rows: table.slice(1), delimiter };
}

const unreadable = (line: number, what: string): Fault =>
  new Fault('file', `Not a usable CSV file: record ${line + 1} ${what}.`, 'Write it again as comma-separated text.');
