import type { LabelColumn } from '../../core/labels/column';
import type { Dataset, History, Image, Refusal, Run, WeightsFile } from '../../core/records';
import type { SourceFolder } from '../../core/source_folder';
import type { Usage } from '../../core/usage';
import { checkpointBytes, readHistory } from '../../database/checkpoints';
import { openDatabase } from '../../database/connection';
import { listDatasets } from '../../database/datasets';
import { type Embedded, listEmbedded } from '../../database/embeddings';
import { readFolders } from '../../database/folders';
import { readImages, readRefusals } from '../../database/images';
import { readLabels } from '../../database/labels';
import { listRuns } from '../../database/runs';
import type { Aside } from '../../database/sound';
import { readUsage } from '../../database/usage';
import { listWeightsFiles } from '../../database/weights';

/** All the page reads from the database. It writes nothing: every table has its one writing thread. */
export interface Reads {
  datasets(): Promise<Dataset[]>;
  /** Newest first. */
  runs(dataset: string): Promise<Run[]>;
  history(run: string): Promise<History | null>;
  /** Encoders whose embeddings are stored. */
  embedded(dataset: string): Promise<Embedded[]>;
  checkpointBytes(run: string): Promise<number>;
  refusals(dataset: string): Promise<Refusal[]>;
  labels(dataset: string): Promise<LabelColumn[]>;
  /** Files of weights to start from, oldest first. */
  weights(): Promise<WeightsFile[]>;
  images(dataset: string, from: number, count: number): Promise<Image[]>;
  /** Folders that pictures came from, of which there are handles. */
  folders(dataset: string): Promise<SourceFolder[]>;
  usage(): Promise<Usage>;
}

/**
 * Opens the database at the first read. A failed opening is tried again at the next. Faults: storage, data.
 * @param aside told of records that are damaged and left out
 */
export function databaseReads(aside: Aside, name?: string): Reads {
  let opening: ReturnType<typeof openDatabase> | null = null;
  const database = (): ReturnType<typeof openDatabase> => {
    opening ??= openDatabase(name).catch((cause) => {
      opening = null;
      throw cause;
    });
    return opening;
  };
  return {
    datasets: async () => listDatasets(await database(), aside),
    runs: async (dataset) => listRuns(await database(), dataset, aside),
    history: async (run) => readHistory(await database(), run),
    embedded: async (dataset) => listEmbedded(await database(), dataset),
    checkpointBytes: async (run) => checkpointBytes(await database(), run),
    labels: async (dataset) => readLabels(await database(), dataset, aside),
    refusals: async (dataset) => readRefusals(await database(), dataset),
    weights: async () => listWeightsFiles(await database(), aside),
    folders: async (dataset) => readFolders(await database(), dataset),
    usage: async () => readUsage(await database()),
    images: async (dataset, from, count) => readImages(await database(), dataset, from, count),
  };
}
