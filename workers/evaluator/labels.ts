import { counted } from '../../src/core/amounts';
import { Fault } from '../../src/core/fault';
import { decodedText } from '../../src/core/formats/text';
import { type ClassColumn, folderColumn, type LabelColumn, withLabels } from '../../src/core/labels/column';
import { csvColumns } from '../../src/core/labels/csv_columns';
import { columnWithoutAside } from '../../src/core/set_aside';
import type { Database } from '../../src/database/connection';
import { readSetAside } from '../../src/database/datasets';
import { type ImagePath, readPaths } from '../../src/database/images';
import { changeLabels, saveLabels } from '../../src/database/labels';

/** The column that folders make; no other may have its name. */
const FOLDER = 'folder';
/** A table of labels is text: 200 bytes for each of 300,000 pictures. */
const LARGEST = 64 * 2 ** 20;
/** Names of pictures that are not there, in a message. */
const NAMED = 3;

/** A column over all pictures of a data set, which may have grown since it was stored. */
function grown<Column extends LabelColumn>(column: Column, count: number): Column {
  const missing = count - column.values.length;
  return missing <= 0 ? column : { ...column, values: [...column.values, ...Array(missing).fill(null)] };
}

/**
 * Every label column of a data set: what folders say first, then those that were given. They say nothing of pictures that
 * are set aside, which no test asks or finds.
 */
export async function testedColumns(
  db: Database,
  dataset: string,
  given: readonly LabelColumn[],
  pictures: readonly ImagePath[],
): Promise<LabelColumn[]> {
  const aside = await readSetAside(db, dataset);
  const folder = folderColumn(pictures.map(({ label }) => label));
  const columns = [...(folder ? [folder] : []), ...given.map((column) => grown(column, pictures.length))];
  return columns.map((column) => columnWithoutAside(column, aside));
}

async function textOf(file: File): Promise<string> {
  if (file.size > LARGEST)
    throw new Fault(
      'file',
      `Labels not taken in: ${file.name} has ${Math.round(file.size / 1e6)} MB, which is no table of labels.`,
      'Choose a CSV file of the pictures and their labels.',
    );
  return decodedText(new Uint8Array(await file.arrayBuffer()));
}

/**
 * Takes in every column of a CSV file, each in the place of one of the same name. Returns what was taken, in words.
 * @throws Fault 'file' when it is no table of labels of these pictures; nothing is changed then
 */
export async function takeLabels(db: Database, dataset: string, file: File): Promise<string> {
  const pictures = await readPaths(db, dataset);
  const { columns, namedBy, matched, unknown } = csvColumns(await textOf(file), pictures);
  const kept = columns.map((column) => (column.name === FOLDER ? { ...column, name: `${FOLDER} (file)` } : column));
  await saveLabels(db, dataset, kept);
  const { length } = kept;
  const names = kept.slice(0, NAMED).map(({ name }) => name);
  const rest =
    unknown.length === 0
      ? ''
      : ` ${counted(unknown.length, 'record')} left out, because no picture here has that name: ${unknown.slice(0, NAMED).join(', ')}${unknown.length > NAMED ? ' and others' : ''}.`;
  const listed = `${names.join(', ')}${length > NAMED ? ', …' : ''}`;
  return `${file.name}: ${counted(length, 'column')} (${listed}) for ${counted(matched, 'picture')}, named by its column ${namedBy}.${rest}`;
}

/**
 * Gives each of these pictures a label by hand, or takes it away where that is null.
 * @throws Fault 'config' for a column that is not made of names
 */
export async function giveLabels(
  db: Database,
  dataset: string,
  name: string,
  rows: readonly number[],
  labels: readonly (string | null)[],
): Promise<void> {
  await changeLabels(db, dataset, name, (stored, count) => {
    if (name === FOLDER || (stored && stored.kind !== 'class'))
      throw new Fault(
        'config',
        `Labels cannot be given by hand in "${name}": ${name === FOLDER ? 'it says which folder a picture came from' : 'it holds numbers'}.`,
        'Choose another name for your labels.',
      );
    const empty: ClassColumn = { kind: 'class', name, values: [] };
    const column = withLabels(grown((stored as ClassColumn | undefined) ?? empty, count), rows, labels);
    return column.values.some((value) => value !== null) ? column : null;
  });
}
