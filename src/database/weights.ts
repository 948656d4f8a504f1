import { Fault } from '../core/fault';
import type { WeightsFile } from '../core/records';
import { intact, sealed } from './binary';
import type { Database } from './connection';
import { guarded } from './failure';
import { type Aside, isWeightsFile } from './sound';

/** Keeps a file of weights; the same content again is the same file. */
export async function saveWeightsFile(db: Database, about: WeightsFile, bytes: Uint8Array): Promise<void> {
  await guarded('keeping the weights', () => db.put('weights', { ...about, ...sealed(bytes) }));
}

/** What files of weights there are, without their bytes, oldest first. Those whose record is damaged are left out. */
export async function listWeightsFiles(db: Database, aside: Aside = () => undefined): Promise<WeightsFile[]> {
  const found = await guarded('listing the weights', async () => {
    const files: WeightsFile[] = [];
    for await (const { value } of db.transaction('weights').store) {
      const { bytes, check: _, ...about } = value;
      if (isWeightsFile(about)) files.push({ ...about, size: bytes.byteLength });
      else aside(`The file of weights ${value.name ?? value.sha256}`);
    }
    return files;
  });
  return found.sort((a, b) => a.addedAt - b.addedAt);
}

/** @throws Fault 'data' when the file is not there any more, or is damaged */
export async function loadWeightsFile(db: Database, sha256: string, name: string): Promise<ArrayBuffer> {
  const stored = await guarded('reading the weights', () => db.get('weights', sha256));
  if (!stored || !intact(stored))
    throw new Fault(
      'data',
      `The weights ${name} are ${stored ? 'damaged' : 'no longer here'}.`,
      'Give the file to the page again.',
    );
  return stored.bytes;
}
