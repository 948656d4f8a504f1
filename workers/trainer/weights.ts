import type { RunConfig, StartFile } from '../../src/core/config';
import { Fault } from '../../src/core/fault';
import type { Database } from '../../src/database/connection';
import { loadWeightsFile, saveWeightsFile } from '../../src/database/weights';
import { sha256 } from '../../src/images/hash';
import { readStartWeights, type StartWeights } from '../../src/learn/start';
import type { Channel } from '../../src/protocol/channel';
import type { FromTrainer, ToTrainer } from '../../src/protocol/messages';

/**
 * Checks a file of weights and keeps it for later runs.
 * @throws Fault('file') when it is not the weights of a backbone that is known here
 */
export async function takeWeights(
  db: Database,
  page: Channel<FromTrainer, ToTrainer>,
  name: string,
  bytes: ArrayBuffer,
): Promise<void> {
  const { encoder } = readStartWeights(name, bytes);
  const content = new Uint8Array(bytes);
  const file = { name, sha256: await sha256(content), addedAt: Date.now(), encoder };
  await saveWeightsFile(db, file, content);
  page.send({ type: 'weights', file });
}

/** @throws Fault('data') when the file is not kept here any more */
export const keptWeights = async (db: Database, { name, sha256: hash }: StartFile): Promise<StartWeights> =>
  readStartWeights(name, await loadWeightsFile(db, hash, name));

/**
 * The weights that a run of this config begins with, null for random ones.
 * @throws Fault('config') when they are of another backbone than the config's
 */
export async function startOf(db: Database, config: RunConfig): Promise<StartWeights | null> {
  if (!config.start) return null;
  const start = await keptWeights(db, config.start);
  const { backbone, width, stem } = start.encoder;
  if (backbone === config.backbone && width === config.width && stem === config.stem) return start;
  throw new Fault(
    'config',
    `The weights ${config.start.name} are those of a ${backbone} of width ${width} with the ${stem} stem.`,
    'Choose that backbone, width and stem, or begin with random weights.',
  );
}
