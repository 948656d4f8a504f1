import { afterEach, expect, it } from 'vitest';
import { pretrainedRun } from '../core/pretrained';
import { backupOf } from './backup';
import { loadCheckpoint } from './checkpoints';
import type { Database } from './connection';
import { freshDatabase, removeDatabases, someCheckpoint } from './fixtures.testing';
import { pack } from './packed';
import { restore } from './restore';
import { tarEntry } from './tar';
import { saveWeightsFile } from './weights';
import { embed, everything, fill } from './whole.testing';

afterEach(removeDatabases);

async function bytesOf(db: Database, dataset: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await Array.fromAsync(backupOf(db, dataset), ({ bytes }) => bytes);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const restored = (db: Database, bytes: BlobPart) =>
  restore(db, new Blob([bytes]), () => undefined, new AbortController().signal);

async function backup(): Promise<{ db: Database; bytes: Uint8Array<ArrayBuffer> }> {
  const db = await freshDatabase('first');
  await fill(db, 'set');
  const encoder = { backbone: 'resnet18', width: 64, stem: 'imagenet' } as const;
  const about = { name: 'mine.safetensors', sha256: 'hash', addedAt: 1, size: 2, encoder };
  await saveWeightsFile(db, about, Uint8Array.of(1, 2));
  await embed(db, 'set', pretrainedRun(about.name));
  return { db, bytes: await bytesOf(db, 'set') };
}

it('a collection is the same to the last bit in another browser', async () => {
  const { db, bytes } = await backup();
  const other = await freshDatabase('first');
  const said: number[] = [];
  const dataset = await restore(other, new Blob([bytes]), (share) => said.push(share), new AbortController().signal);
  expect(dataset).toMatchObject({ id: 'set', count: 2 });
  expect(await everything(other)).toBe(await everything(db));
  expect(await loadCheckpoint(other, 'run of set')).toEqual(someCheckpoint(2, 'run of set'));
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said.at(-1)).toBeLessThanOrEqual(1);
  // The same file again: the collection is here.
  await expect(restored(other, bytes)).rejects.toMatchObject({ message: expect.stringContaining('is here already') });
  expect(await everything(other)).toBe(await everything(db));
});

it('a back-up with one flipped bit, or cut anywhere, is refused, and nothing is changed', async () => {
  const { bytes } = await backup();
  const other = await freshDatabase('first');
  const before = await everything(other);
  const refused = async (file: BlobPart): Promise<void> => {
    await expect(restored(other, file)).rejects.toMatchObject({ name: 'Fault', kind: 'file' });
  };
  // A prime step: headers, records, padding, and all of the end.
  const places = Array.from({ length: 60 }, (_, i) => (i * 997) % bytes.length);
  for (const at of [...places, bytes.length - 1, bytes.length - 1024, bytes.length - 1536]) {
    const damaged = bytes.slice();
    damaged[at] ^= 1 << (at % 8);
    await refused(damaged);
  }
  for (const size of [0, 1, 511, 512, 1024, bytes.length >> 1, bytes.length - 512, bytes.length - 1])
    await refused(bytes.slice(0, size));
  await refused(new Uint8Array([...bytes, 0]));
  await refused('a letter');
  expect(await everything(other)).toBe(before);
});

it('a back-up that is whole but holds what is not its own is refused, and nothing is changed', async () => {
  const { bytes } = await backup();
  const other = await freshDatabase('first');
  const before = await everything(other);
  const sum = async (data: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  const { dataset, ...about } = JSON.parse(new TextDecoder().decode(bytes.subarray(512, 1024)).replace(/\0/g, ''));
  const forged = async (record: object, values: object = {}): Promise<Blob> => {
    const files = [
      tarEntry('about.json', new TextEncoder().encode(JSON.stringify({ ...about, dataset, ...values }))),
      tarEntry('runs/0', pack([{ id: 'mine', dataset }])),
      tarEntry('embeddings/0', pack([record])),
    ];
    const sums = await Promise.all(files.map(sum));
    const all = await sum(new Uint8Array(await new Blob(sums).arrayBuffer()));
    return new Blob([...files, tarEntry('sha256', all), new Uint8Array(1024)]);
  };
  const foreign = await forged({ dataset: 'first', run: 'untrained' });
  await expect(restored(other, foreign)).rejects.toMatchObject({ message: expect.stringContaining('belongs to no') });
  const newer = await forged({ dataset, run: 'untrained' }, { version: 99 });
  await expect(restored(other, newer)).rejects.toMatchObject({ message: expect.stringContaining('newer version') });
  expect(await everything(other)).toBe(before);
});
