import { embeddedAs } from '../core/baselines';
import type { LabelColumn } from '../core/labels/column';
import type { TestResult } from '../core/test_result';
import { below } from './below';
import { intact, sealed } from './binary';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import { pack, unpack } from './packed';
import type { StoredTestResult } from './schema';

// Test results are many small arrays: packed they are one with one checksum.

export function packTestResult(result: TestResult): StoredTestResult {
  const { dataset, column, of, version, groups } = result;
  return { dataset, column, of, version, groups, ...sealed(pack(result)) };
}

/** Null when the stored bytes are damaged: it is found again by another test. */
function unpackTestResult(stored: StoredTestResult): TestResult | null {
  try {
    return intact(stored) ? (unpack(new Uint8Array(stored.bytes)) as TestResult) : null;
  } catch {
    return null; // Packed by an earlier version.
  }
}

const sameLabels = (one: LabelColumn | undefined, other: LabelColumn | undefined): boolean =>
  one?.kind === other?.kind && JSON.stringify(one?.values) === JSON.stringify(other?.values);

/**
 * Keeps what a test found, unless its column or its groups are no longer those it was found by: labels may change while
 * a test is under way. `tested`: the stored columns as they were read for the test. Returns whether it is still so. Nothing
 * is kept of an encoder that was deleted meanwhile.
 */
export async function saveTestResult(
  db: Database,
  result: TestResult,
  tested: readonly LabelColumn[],
): Promise<boolean> {
  const stored = packTestResult(result);
  const { dataset, column, groups } = result;
  let current = true;
  await guarded('saving what a test found', async () => {
    const tx = db.transaction(['labels', 'judgements', 'embeddings'], 'readwrite');
    await transact(tx, async (ask) => {
      for (const name of groups === null ? [column] : [column, groups]) {
        const now = await ask(tx.objectStore('labels').get([dataset, name]));
        const before = tested.find((one) => one.name === name);
        if (!sameLabels(now?.column, before)) current = false;
      }
      const encoder = embeddedAs(result.of);
      const gone = encoder !== null && !(await ask(tx.objectStore('embeddings').getKey([dataset, encoder])));
      if (current && !gone) ask(tx.objectStore('judgements').put(stored));
    });
  });
  return current;
}

/** What was found by a label column, or by all of them; damaged ones are left out. */
export async function readTestResults(db: Database, dataset: string, column?: string): Promise<TestResult[]> {
  const within = column === undefined ? below(dataset) : below(dataset, column);
  const stored = await guarded('reading what tests found', () => db.getAll('judgements', within));
  return stored.map(unpackTestResult).filter((result) => result !== null);
}

export async function readTestResult(
  db: Database,
  dataset: string,
  column: string,
  of: string,
): Promise<TestResult | null> {
  const stored = await guarded('reading what a test found', () => db.get('judgements', [dataset, column, of]));
  return stored ? unpackTestResult(stored) : null;
}
