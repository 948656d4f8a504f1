import { Fault } from '../../src/core/fault';
import { median } from '../../src/core/median';
import type { Dataset } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { putDatasetChange, readDataset } from '../../src/database/datasets';
import { datasetLock, holding, storing } from '../../src/database/holding';
import { readPaths, readRefusals } from '../../src/database/images';
import { createDataset } from '../../src/database/storage';
import { HEAD_BYTES, sniff } from '../../src/images/sniff';
import type { Request } from '../../src/protocol/call';
import type { Imported, ImporterCalls, ImportNews } from '../../src/protocol/importing';
import { Importing } from './importing';
import type { Intake, Pending } from './intake';
import { type Opened, openTogether } from './opened';
import type { DecoderPool } from './pool';
import { ImportRecords } from './records';

/** Headers that the side is chosen by: more would only delay the first picture. */
const SAMPLED = 64;

/** Short sides in pixels of those of the files whose header can be read. */
async function shortSides(files: readonly Opened[]): Promise<number[]> {
  const sides = await Promise.all(
    files.map(async ({ file, bytes }) => {
      if (!file) return [];
      try {
        const { width, height } = sniff(bytes ?? new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
        return [Math.min(width, height)];
      } catch {
        return []; // Told when its turn comes.
      }
    }),
  );
  return sides.flat();
}

/**
 * Side of the stored squares in pixels, by the median short side of the pictures: 1.25 times the views of a ResNet
 * (32, 64 or 96 px), and 160 px, what the pretrained networks take, for pictures that have it.
 */
const storedSideFor = (medianSide: number): number =>
  medianSide <= 40 ? 40 : medianSide <= 72 ? 80 : medianSide <= 120 ? 120 : 160;

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
  const made = opening.into ? null : await created(opening, first);
  const id = made?.id ?? opening.into ?? '';
  const refused = 'Another tab imports into this collection or trains on it.';
  return holding(datasetLock(id), refused, () =>
    // Files of pixels are written before the records that name them.
    storing(async () => {
      if (made) await createDataset(db, made);
      const dataset = made ?? (await reopened(db, id));
      const [rows, refusals] = made ? [[], []] : await Promise.all([readPaths(db, id), readRefusals(db, id)]);
      const importing = new Importing(db, pool, tell, new ImportRecords(dataset, rows, refusals), dataset, intake);
      started(importing);
      tell({ opened: dataset });
      return importing.run(first);
    }),
  );
}

/** A data set as its rows are, which is what is added to. */
async function reopened(db: Database, id: string): Promise<Dataset> {
  const stored = await readDataset(db, id);
  if (!stored) throw new Fault('data', 'The collection to go on with is no longer here.', 'Import into a new one.');
  const { count, labels } = stored;
  return (await putDatasetChange(db, id, { complete: false, count, labels })) ?? stored;
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
