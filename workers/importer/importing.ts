import { Fault } from '../../src/core/fault';
import type { Dataset, Image } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { putBatch } from '../../src/database/images';
import type { Outcome } from '../../src/protocol/decoding';
import type { Imported, ImportNews, ImportProgress } from '../../src/protocol/importing';
import { Ahead } from './ahead';
import { decodeAll } from './bundles';
import type { Intake, Pending } from './intake';
import { type Opened, openOne, openTogether, TOGETHER } from './opened';
import type { DecoderPool } from './pool';
import { Progress } from './progress';
import type { ImportRecords } from './records';
import { labelTable, whyNone } from './table';

/** A batch is written when it has this many pictures, or is this old: the grid fills while the import goes on. */
const BATCH_PICTURES = 128;
const BATCH_MILLISECONDS = 300;
/** Pictures that may be decoded ahead of one that takes long, as rows keep the order of the walk. */
const AHEAD = 128;

/** A file whose turn came, and what became of it. */
interface Taken {
  path: string;
  file: Pick<Image, 'fileBytes' | 'changedAt'>;
  outcome: Outcome;
}

/** One import into one data set, from the first file to the end. */
export class Importing {
  private readonly intake: Intake;
  private readonly progress: Progress;
  /** Files on their way through the decoders. */
  private readonly ahead = new Ahead<Taken>(AHEAD);
  private cancelled = false;
  private failure: unknown = null;
  private writing: Promise<void> = Promise.resolve();
  private batchSince = performance.now();

  /** @param stored the data set as it is in the database */
  constructor(
    private readonly db: Database,
    private readonly pool: DecoderPool,
    private readonly tell: (news: ImportNews) => void,
    private readonly records: ImportRecords,
    private stored: Dataset,
    intake: Intake,
  ) {
    this.intake = intake;
    this.progress = new Progress(tell, () => this.state());
  }

  get dataset(): string {
    return this.stored.id;
  }

  /** What is in stays in. */
  cancel(): void {
    this.cancelled = true;
    this.intake.stop();
    this.ahead.stop();
  }

  /**
   * Takes in everything the intake gives, in its order. What is in when it fails stays in.
   * @param first files that were taken from the intake and opened already, to choose the side by
   */
  async run(first: readonly Opened[]): Promise<Imported> {
    const flushing = setInterval(() => this.writeOld(), BATCH_MILLISECONDS / 4);
    try {
      await Promise.all([this.feed(first), this.enterAll()]);
      const table = labelTable(this.intake.tables);
      if (table === null) for (const one of this.intake.tables) this.records.refuse(one.path, 0, whyNone(one));
      if (!this.cancelled) this.records.change({ complete: true });
      await this.write();
      if (this.failure !== null) throw this.failure;
      const labels = table && !this.cancelled && this.stored.count > 0 ? await fileOf(table) : null;
      return { dataset: this.stored, labels };
    } catch (cause) {
      this.cancel();
      await this.writing;
      throw cause;
    } finally {
      clearInterval(flushing);
      this.progress.flush();
    }
  }

  /** Gives files to the decoders, a bounded number ahead of what has been entered. */
  private async feed(first: readonly Opened[]): Promise<void> {
    for (const taken of this.take(first)) this.ahead.push(taken);
    for (;;) {
      const files = await this.intake.next(TOGETHER);
      if (files === null || !(await this.ahead.room())) break;
      const taking = openTogether(files).then((opened) => this.take(opened));
      files.forEach((_, i) => {
        this.ahead.push(taking.then((taken) => taken[i]));
      });
    }
    this.ahead.end();
  }

  /** Enters what the decoders made, in the order of the files. */
  private async enterAll(): Promise<void> {
    for (;;) {
      const taken = await this.ahead.next();
      if (taken === null) return;
      this.enter(taken);
      if (this.records.pending < BATCH_PICTURES) continue;
      // While one batch is written the next is filled, and no more.
      await this.writing;
      void this.write();
    }
  }

  /** What becomes of files, each for itself. */
  private take(opened: readonly Opened[]): Promise<Taken>[] {
    const readable = opened.filter(({ file }) => file !== null);
    const decoding = decodeAll(this.pool, readable, this.stored.storedSide, (path) => this.records.knownAt(path));
    const outcomes = new Map(readable.map((one, i) => [one, decoding[i]]));
    return opened.map(async (one): Promise<Taken> => {
      const outcome = (await outcomes.get(one)) ?? { type: 'refused', reason: one.refused ?? '' };
      return { path: one.path, file: { fileBytes: one.file?.size ?? 0, changedAt: one.file?.lastModified }, outcome };
    });
  }

  private enter({ path, file, outcome }: Taken): void {
    if (this.records.empty) this.batchSince = performance.now();
    if (outcome.type === 'decoded') this.records.take(path, file, outcome.picture);
    if (outcome.type === 'refused') this.records.refuse(path, file.fileBytes, outcome.reason);
    this.progress.note(1);
  }

  private writeOld(): void {
    if (!this.records.empty && performance.now() - this.batchSince >= BATCH_MILLISECONDS) void this.write();
  }

  /** Writes what has been entered, after what is being written. A failure ends the import. */
  private write(): Promise<void> {
    this.writing = this.writing.then(async () => {
      if (this.failure !== null) return;
      const { dataset, images, squares, refusals, copies } = this.records.close();
      try {
        this.stored = await putBatch(this.db, dataset, images, squares, refusals, copies);
      } catch (cause) {
        this.failure = cause;
        this.cancel();
        return;
      }
      if (refusals.length > 0) this.tell({ refused: refusals });
      this.progress.note(0);
    });
    return this.writing;
  }

  private state(): Omit<ImportProgress, 'rate'> {
    const { id, count, duplicates, refused } = this.stored;
    const { found, walked } = this.intake;
    return { dataset: id, found, walked, taken: count, duplicates, refused };
  }
}

/** A table of labels, once the pictures that it names are stored. */
async function fileOf(table: Pending): Promise<File> {
  const { file, refused } = await openOne(table);
  if (!file) throw new Fault('file', `${table.path}: ${refused}`);
  return file;
}
