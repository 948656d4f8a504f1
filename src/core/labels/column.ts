// What is known of the pictures besides their pixels. Partial knowledge is normal: null where there is none.

/** A class a picture, by name. */
export interface ClassColumn {
  kind: 'class';
  name: string;
  /** [count], by row of the data set. */
  values: (string | null)[];
  /** Classes in the order they were first given by hand, also those of which no picture is left. Absent: by name. */
  order?: readonly string[];
}

/** A number a picture: a target to regress. */
export interface NumberColumn {
  kind: 'number';
  name: string;
  /** [count], by row of the data set. */
  values: (number | null)[];
}

export type LabelColumn = ClassColumn | NumberColumn;

/** What a column says of a picture, '' where nothing. */
export const labelOf = (column: LabelColumn | undefined, row: number): string => String(column?.values[row] ?? '');

/** Class numbers of a column, as measures take them. */
export interface ClassNumbers {
  /** Names in alphabetical order; class c is names[c]. */
  names: string[];
  /** [count]: the class of each row, -1 for none. */
  numbers: Int32Array;
}

/** Numbers every class, a column of numbers taken for one of names: '0' to '9' may be digits, or groups. */
export function classNumbers({ values }: LabelColumn): ClassNumbers {
  const texts = values.map((value) => (value === null ? null : String(value)));
  const names = [...new Set(texts.filter((text) => text !== null))].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, numbers: Int32Array.from(texts, (text) => (text === null ? -1 : (places.get(text) as number))) };
}

/** The rows that have a number, rising, and their numbers. */
export function knownNumbers({ values }: NumberColumn): { rows: Int32Array; targets: Float64Array } {
  const known = values.flatMap((value, row) => (value === null ? [] : [{ row, value }]));
  return { rows: Int32Array.from(known, ({ row }) => row), targets: Float64Array.from(known, ({ value }) => value) };
}

/** The folder that each picture lies in as a column, or null where none lies in any. */
export function folderColumn(folders: readonly (string | null)[]): ClassColumn | null {
  return folders.some((folder) => folder !== null) ? { kind: 'class', name: 'folder', values: [...folders] } : null;
}

/** A column with each of these rows given a label by hand, or none; the column given is left as it is. */
export function withLabels(
  column: ClassColumn,
  rows: readonly number[],
  labels: readonly (string | null)[],
): ClassColumn {
  const values = [...column.values];
  for (const [i, row] of rows.entries()) {
    if (!(Number.isInteger(row) && row >= 0 && row < values.length))
      throw new Error(`withLabels: row ${row} of ${values.length}`);
    values[row] = labels[i]?.trim() || null;
  }
  const [before, now] = [new Set(column.values), new Set(values)];
  const order = column.order ?? classNumbers(column).names;
  const fresh = [...now].filter((name) => name !== null && !order.includes(name)) as string[];
  const gone = order.filter((name) => before.has(name) && !now.has(name));
  // A class that takes another's place was renamed: it keeps its key.
  const renamed = fresh.length === 1 && gone.length === 1;
  return {
    ...column,
    values,
    order: renamed ? order.map((name) => (name === gone[0] ? fresh[0] : name)) : [...order, ...fresh],
  };
}
