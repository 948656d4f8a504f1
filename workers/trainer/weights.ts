import { isBundled, isResnet, type RunConfig, type StartFile } from '../../src/core/config';
import { Fault } from '../../src/core/fault';
import { sha256 } from '../../src/core/formats/sha256';
import { freeName } from '../../src/core/free_name';
import { type Pretrained, pretrainedNamed } from '../../src/core/pretrained';
import type { WeightsFile } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { listWeightsFiles, loadWeightsFile, saveWeightsFile } from '../../src/database/weights';
import { readStartWeights, type StartWeights } from '../../src/learn/start';
import type { Context } from './context';

/**
 * Checks a file of weights and keeps it for later runs. Another file of the same name gets a number behind it, as
 * everything that is found with weights is known by their name, and one that is here already keeps the name it has.
 * @throws Fault('file') when it is not the weights of a backbone that is known here
 */
export async function takeWeights(db: Database, name: string, bytes: ArrayBuffer): Promise<WeightsFile> {
  const { encoder } = readStartWeights(name, bytes);
  const content = new Uint8Array(bytes);
  const hash = await sha256(content);
  const kept = await listWeightsFiles(db);
  const known = kept.find((file) => file.sha256 === hash);
  const file = {
    ...{
      name: known?.name ?? freeName(name, (one) => kept.some((file) => file.name === one)),
      sha256: hash,
      addedAt: Date.now(),
    },
    ...{ size: content.length, encoder },
  };
  await saveWeightsFile(db, file, content);
  return file;
}

/** @throws Fault('data') when the file is not kept here any more */
export const keptWeights = async (db: Database, { name, sha256: hash }: StartFile): Promise<StartWeights> =>
  readStartWeights(name, await loadWeightsFile(db, hash, name));

/**
 * The weights of a network that comes with the page.
 * @param address of its file, without the ending
 */
export async function fetchWeights(address: string, { title }: Pretrained): Promise<StartWeights> {
  const response = await fetch(`${address}.safetensors`).catch(() => null);
  const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
  if (bytes) return readStartWeights(title, bytes);
  throw new Fault('data', `The weights of ${title} could not be loaded.`, 'Reload the page while you are online.');
}

/**
 * The weights that a run of this config begins with, null for random ones.
 * @throws Fault('config') when they are of another backbone than the config's
 */
export async function startOf(
  { db, networks }: Pick<Context, 'db' | 'networks'>,
  config: RunConfig,
): Promise<StartWeights | null> {
  if (!config.start) return null;
  if (isBundled(config.start)) {
    const { bundled } = config.start;
    return fetchWeights(`${networks}${bundled}`, pretrainedNamed(bundled));
  }
  const start = await keptWeights(db, config.start);
  const { backbone, width, stem } = start.encoder;
  const fits = !isResnet(backbone) || (width === config.width && stem === config.stem);
  if (backbone === config.backbone && fits) return start;
  throw new Fault(
    'config',
    `The weights ${config.start.name} are those of a ${backbone}${isResnet(backbone) ? ` of width ${width} with the ${stem} stem` : ''}.`,
    'Choose that backbone, width and stem, or begin with random weights.',
  );
}
