import { Fault } from '../core/fault';
import type { Database } from './connection';
import { checkOf, PART_ROWS, partCount, partsOf, partsRange } from './embedding_parts';
import type { EmbeddingHead } from './embeddings';
import { type Ask, goneFault, guarded, readable, transact, unreadable } from './failure';
import { storing } from './holding';
import type { StoredEmbeddings } from './schema';
import { soundEmbeddings } from './sound';
import { type PartStore, putStandIns } from './stand_ins';

/** How embeddings are made beside those that are there. */
export interface Making {
  /** They replace those of a later step too: the user asked for these. */
  whatever?: boolean;
  /** Those that are there are the first of them. */
  goesOn?: boolean;
}

const STORES = ['embeddings', 'embeddingParts', 'datasets'] as const;

/**
 * Embeddings that are made row by row. Memory holds the part that is open; whole parts lie in the database, where nobody looks
 * for them until they are published: until then the embeddings of before answer.
 */
export class GrowingEmbeddings {
  /** Rows that are made. */
  count = 0;
  /** Rows that others can read. */
  private published = 0;
  /** Of the part that is open: its first row, and its rows. */
  private first = 0;
  private readonly open: Float32Array;
  /** Checksums of the parts before it. */
  private checks: number[] = [];
  private parts: string = crypto.randomUUID();

  private constructor(
    private readonly db: Database,
    private readonly whose: Omit<EmbeddingHead, 'count'>,
    private readonly whatever: boolean,
  ) {
    this.open = new Float32Array(PART_ROWS * whose.dim);
  }

  /** Makes embeddings by `work`; what that does not publish is thrown away. */
  static async make<T>(
    db: Database,
    whose: Omit<EmbeddingHead, 'count'>,
    { whatever = false, goesOn = false }: Making,
    work: (rows: GrowingEmbeddings) => Promise<T>,
  ): Promise<T> {
    const rows = new GrowingEmbeddings(db, whose, whatever);
    return storing(async () => {
      if (goesOn) await rows.takeUp();
      try {
        return await work(rows);
      } finally {
        if (rows.published === 0) await rows.discard();
      }
    });
  }

  /** Takes rows [*, dim] in. */
  async add(values: Float32Array): Promise<void> {
    const { dim } = this.whose;
    for (let at = 0; at < values.length; ) {
      const into = (this.count - this.first) * dim;
      const some = values.subarray(at, at + this.open.length - into);
      this.open.set(some, into);
      this.count += some.length / dim;
      at += some.length;
      if (this.count - this.first < PART_ROWS) continue;
      // A part that others read changes with its checksum alone.
      if (this.published > 0) await this.publish();
      else await this.putAway();
    }
  }

  /** All rows so far become the run's embeddings, unless those of a later step are there; others of it go. */
  async publish(): Promise<void> {
    const { whose, count, first } = this;
    const { dataset, run, step } = whose;
    if (count === this.published) return;
    await this.transaction('saving embeddings', async (ask, tx, removed) => {
      const heads = tx.objectStore('embeddings');
      const parts = tx.objectStore('embeddingParts');
      const before = soundEmbeddings(await ask(readable(heads.get([dataset, run]))));
      const own = before !== null && partsOf(before)[1] === this.parts;
      if (this.published > 0 && !own) throw replaced();
      if (before && (own ? before.count > count : before.step > step && !this.whatever)) return;
      const checks = new Uint32Array(partCount(count));
      // Stand-ins may have come into the parts before.
      checks.set(own ? before.checks.subarray(0, first / PART_ROWS) : this.checks);
      if (count > first) checks[first / PART_ROWS] = this.put(ask, parts);
      const head: StoredEmbeddings = { ...whose, count, checks, parts: this.parts };
      if (removed.length > 0) head.checks = await putStandIns(parts, ask, head, removed, own ? first : 0);
      if (before && !own) ask(parts.delete(partsRange(before)));
      ask(heads.put(head));
      this.checks = [...head.checks.subarray(0, Math.floor(count / PART_ROWS))];
      this.published = count;
    });
    if (count - first === PART_ROWS) this.first = count;
  }

  /** Stores a whole part that nobody looks for yet. */
  private async putAway(): Promise<void> {
    await this.transaction('saving embeddings', async (ask, tx) => {
      this.checks.push(this.put(ask, tx.objectStore('embeddingParts')));
    });
    this.first = this.count;
  }

  /** Asks for the part that is open to be stored, and returns its checksum. */
  private put(ask: Ask, store: PartStore): number {
    const { first, count, open, whose } = this;
    const bytes = open.slice(0, (count - first) * whose.dim).buffer;
    ask(store.put({ dataset: whose.dataset, run: this.parts, first, bytes }));
    return checkOf(bytes);
  }

  private async takeUp(): Promise<void> {
    const { dataset, run, dim } = this.whose;
    await guarded('reading embeddings', async () => {
      const before = soundEmbeddings(await this.db.get('embeddings', [dataset, run]));
      if (!before) return;
      const { count, checks } = before;
      const first = count - (count % PART_ROWS);
      if (count > first) {
        const open = await this.db.get('embeddingParts', [...partsOf(before), first]).catch(unreadable);
        if (open?.bytes.byteLength !== 4 * (count - first) * dim || checkOf(open.bytes) !== checks[first / PART_ROWS])
          return; // all of them are made anew
        this.open.set(new Float32Array(open.bytes));
      }
      [, this.parts] = partsOf(before);
      this.first = first;
      this.count = count;
      this.published = count;
    });
  }

  private discard(): Promise<void> {
    const range = partsRange({ ...this.whose, parts: this.parts });
    return guarded('saving embeddings', () => this.db.delete('embeddingParts', range));
  }

  /** A transaction on a data set that is there: `removed` are its rows without a picture. */
  private transaction(
    doing: string,
    work: (ask: Ask, tx: ReturnType<typeof writing>, removed: readonly number[]) => Promise<void>,
  ): Promise<void> {
    return guarded(doing, async () => {
      const tx = writing(this.db);
      await transact(tx, async (ask) => {
        const dataset = await ask(tx.objectStore('datasets').get(this.whose.dataset));
        if (!dataset) throw goneFault('collection');
        await work(
          ask,
          tx,
          (dataset.removed ?? []).filter((row) => row < this.count),
        );
      });
    });
  }
}

const writing = (db: Database) => db.transaction(STORES, 'readwrite', { durability: 'relaxed' });

const replaced = (): Fault =>
  new Fault(
    'data',
    'These embeddings were deleted or made anew meanwhile, maybe in another tab.',
    'Reload the page to go on with what is there now.',
  );
