import { pcaCoordinates } from '../../src/core/pca';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { colourHistogram, rawPixels } from '../../src/evaluate/baselines';
import { fitPca } from '../../src/evaluate/pca';
import type { Rows } from '../../src/evaluate/rows';
import { SMALL } from '../../src/evaluate/shrink';
import { nearDuplicates } from '../../src/evaluate/split/near_duplicates';
import { smallPixels } from './pixels';
import { inTurns } from './turn';

/** Principal components of raw pixels: more of them hold noise, and every test takes longer. */
const COMPONENTS = 256;

/** What tests need of the pictures themselves, whatever the embedding and the labels. */
export interface PictureFacts {
  /** Raw pixels along their first principal components, [count, up to 256]. */
  pixels: Rows;
  /** [count, 512] */
  colours: Rows;
  /** Rows of nearly the same picture. */
  near: (readonly [number, number])[];
}

/** Reads the pictures of a data set once, and keeps what follows from them while the data set stays the same. */
export class PictureReader {
  private kept: { key: string; facts: PictureFacts } | null = null;

  constructor(private readonly db: Database) {}

  async facts(
    dataset: string,
    signal: AbortSignal,
    say: (message: string, share: number) => void,
  ): Promise<PictureFacts> {
    const { count: stored, removed } = (await readDataset(this.db, dataset)) ?? {};
    const key = `${dataset} ${stored} ${removed?.length}`;
    if (this.kept?.key === key) return this.kept.facts;
    this.kept = null;
    say('Reading the pictures', 0);
    const { pixels, count } = await smallPixels(this.db, dataset);
    const raw = rawPixels(pixels, count, SMALL);
    const near = await inTurns(nearDuplicates(raw), signal, (share) => say('Looking for nearly equal pictures', share));
    say('Finding the components of the pixels', 0);
    const pca = fitPca(raw, COMPONENTS);
    const dim = pca.deviations.length;
    const facts = {
      pixels: { values: pcaCoordinates(pca, raw.values, dim), count, dim },
      colours: colourHistogram(pixels, count, SMALL),
      near,
    };
    this.kept = { key, facts };
    return facts;
  }
}
