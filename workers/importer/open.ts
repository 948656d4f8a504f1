import { Fault } from '../../src/core/fault';
import type { Dataset } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { putDataset, putDatasetChange } from '../../src/database/datasets';
import { readPaths, readRefusals } from '../../src/database/images';
import type { Request } from '../../src/protocol/call';
import type { Imported, ImporterCalls, ImportNews } from '../../src/protocol/importing';
import { Importing } from './importing';
import type { Intake, Pending } from './intake';
import { type Opened, openTogether } from './opened';
import type { DecoderPool } from './pool';
import { ImportRecords } from './records';
import { median, SAMPLED, shortSides, storedSideFor } from './side';

type Opening = Request<ImporterCalls, 'import'>;

/** Runs an import to its end: a new data set, or with `into` one that is there, whose files are folded by content. */
export async function startImport(
  db: Database,
  pool: DecoderPool,
  tell: (news: ImportNews) => void,
  opening: Opening,
  intake: Intake,
  started: (importing: Importing) => void,
): Promise<Imported> {
  const first = opening.into ? [] : await firstFiles(intake);
  const dataset = opening.into ? await reopened(db, opening.into) : await created(opening, first);
  if (!opening.into) await putDataset(db, dataset);
  const [rows, refusals] = opening.into
    ? await Promise.all([readPaths(db, dataset.id), readRefusals(db, dataset.id)])
    : [[], []];
  const importing = new Importing(db, pool, tell, new ImportRecords(dataset, rows, refusals), dataset, intake);
  started(importing);
  tell({ opened: dataset });
  return importing.run(first);
}

async function reopened(db: Database, id: string): Promise<Dataset> {
  const dataset = await putDatasetChange(db, id, { complete: false });
  if (!dataset) throw new Fault('data', 'The data set to go on with is no longer there.', 'Import into a new one.');
  return dataset;
}

/** The files that the side is chosen by, opened. */
async function firstFiles(intake: Intake): Promise<Opened[]> {
  const files: Pending[] = [];
  while (files.length < SAMPLED) {
    const more = await intake.next(SAMPLED - files.length);
    if (more === null) break;
    files.push(...more);
  }
  return openTogether(files);
}

/** A new data set, its side chosen by the first pictures. */
async function created({ name, side }: Opening, first: readonly Opened[]): Promise<Dataset> {
  const sides = await shortSides(first);
  const medianSide = sides.length > 0 ? median(sides) : 0;
  return {
    id: crypto.randomUUID(),
    name,
    createdAt: Date.now(),
    count: 0,
    duplicates: 0,
    refused: 0,
    bytes: 0,
    storedSide: Math.max(storedSideFor(medianSide), Math.round(1.25 * (side ?? 0))),
    medianSide,
    labels: {},
    pins: [],
    complete: false,
  };
}
