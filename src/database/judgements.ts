import { embeddedAs, type Judgement } from '../core/judgement';
import type { LabelColumn } from '../core/labels/column';
import { intact, sealed } from './binary';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import type { StoredJudgement } from './schema';

// Judgements are many small arrays of small numbers: as text they are one array with one checksum.

type Plain = { int32: number[] } | { float64: number[] } | { number: 'NaN' };

function plain(_: string, value: unknown): unknown {
  if (value instanceof Int32Array) return { int32: [...value] } satisfies Plain;
  if (value instanceof Float64Array) return { float64: [...value] } satisfies Plain;
  return typeof value === 'number' && Number.isNaN(value) ? ({ number: 'NaN' } satisfies Plain) : value;
}

function typed(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('int32' in value) return Int32Array.from(value.int32 as number[]);
  if ('float64' in value) return Float64Array.from(value.float64 as number[]);
  return 'number' in value && value.number === 'NaN' ? Number.NaN : value;
}

export function packJudgement(judgement: Judgement): StoredJudgement {
  const { dataset, column, of, version, groups } = judgement;
  const bytes = new TextEncoder().encode(JSON.stringify(judgement, plain));
  return { dataset, column, of, version, groups, ...sealed(bytes) };
}

/** Null when the stored bytes are damaged: it is found again by another test. */
function unpackJudgement(stored: StoredJudgement): Judgement | null {
  return intact(stored) ? (JSON.parse(new TextDecoder().decode(stored.bytes), typed) as Judgement) : null;
}

const sameLabels = (one: LabelColumn | undefined, other: LabelColumn | undefined): boolean =>
  one?.kind === other?.kind && JSON.stringify(one?.values) === JSON.stringify(other?.values);

/**
 * Keeps what a test found, unless its column or its groups are no longer those it was found by: labels may change while
 * a test is under way. `tested`: the stored columns as they were read for the test. Returns whether it is still so. Nothing
 * is kept of an encoder that was deleted meanwhile.
 */
export async function saveJudgement(
  db: Database,
  judgement: Judgement,
  tested: readonly LabelColumn[],
): Promise<boolean> {
  const stored = packJudgement(judgement);
  const { dataset, column, groups } = judgement;
  let current = true;
  await guarded('saving what a test found', async () => {
    const tx = db.transaction(['labels', 'judgements', 'embeddings'], 'readwrite');
    await transact(tx, async (ask) => {
      for (const name of groups === null ? [column] : [column, groups]) {
        const now = await ask(tx.objectStore('labels').get([dataset, name]));
        const before = tested.find((one) => one.name === name);
        if (!sameLabels(now?.column, before)) current = false;
      }
      const encoder = embeddedAs(judgement.of);
      const gone = encoder !== null && !(await ask(tx.objectStore('embeddings').getKey([dataset, encoder])));
      if (current && !gone) ask(tx.objectStore('judgements').put(stored));
    });
  });
  return current;
}

/** What was found by a label column, or by all of them; damaged ones are left out. */
export async function readJudgements(db: Database, dataset: string, column?: string): Promise<Judgement[]> {
  const within = column === undefined ? [dataset] : [dataset, column];
  const stored = await guarded('reading what tests found', () =>
    db.getAll('judgements', IDBKeyRange.bound(within, [...within, []])),
  );
  return stored.map(unpackJudgement).filter((judgement) => judgement !== null);
}

/** What one test found. */
export async function readJudgement(
  db: Database,
  dataset: string,
  column: string,
  of: string,
): Promise<Judgement | null> {
  const stored = await guarded('reading what a test found', () => db.get('judgements', [dataset, column, of]));
  return stored ? unpackJudgement(stored) : null;
}
