import { bytes as bytesWords, counted } from '../../core/amounts';
import type { RunConfig } from '../../core/config';
import { NoRoom } from '../../core/fault';
import { narrowed, widenInto } from '../../core/formats/half_floats';
import type { Executor } from '../../engine/executor';
import { input } from '../../graph/ops/leaves';
import { elements } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import { stem } from '../encoder';
import { mapShape } from '../methods/step_maps';
import type { PixelSource } from '../source';
import { Weights } from '../weights';
import { openViewing } from './open';

/** Called with the number of views seen. The next ones wait for it, and do not begin if it throws. */
export type OnKept = (done: number, of: number) => void | Promise<void>;

/** Bytes of maps that memory is asked for at most. */
const MOST_BYTES = 1.5 * 1024 ** 3;

/** What the frozen stages make of a number of views of each picture, in half precision. */
export class KeptMaps {
  /** @param views a view's maps of all pictures, [pictures, size] each */
  private constructor(
    private readonly views: readonly Uint16Array[],
    /** Numbers of one view's maps. */
    private readonly size: number,
  ) {}

  /** View v of a picture is the first view that step v would take of it: by the seed, the same ones whenever they are made. */
  static async make(
    executor: Executor,
    encoder: Architecture,
    config: RunConfig,
    source: PixelSource,
    told: OnKept,
  ): Promise<KeptMaps> {
    const { count } = source;
    const { side, views: amount } = config;
    const size = elements(mapShape(encoder, 1, side));
    const bytes = 2 * size * count * amount;
    if (bytes > MOST_BYTES)
      throw new NoRoom(
        `The maps of ${amount} views of ${counted(count, 'picture')} take ${bytesWords(bytes)}.`,
        'Keep fewer views of each picture, or none: fresh ones are then made for each step.',
      );
    const batch = Math.min(config.batch, count);
    const maps = stem(new Weights('query'), input('pictures', [batch, side, side, 3]), encoder);
    const program = { name: 'kept views', outputs: { maps }, updates: {} };
    const viewed = { program, views: { pictures: 0 } } as const;
    const viewing = await openViewing(executor, viewed, { ...config, batch, neighbours: 0 }, source);
    try {
      const views: Uint16Array[] = [];
      for (let view = 0; view < amount; view++) {
        const kept = new Uint16Array(count * size);
        for (let begin = 0; begin < count; begin += batch) {
          // The last batch is filled up with the last picture.
          const rows = Int32Array.from({ length: batch }, (_, i) => Math.min(begin + i, count - 1));
          const feeds = await viewing.feeds({ step: view, rows, others: rows, order: rows });
          const made = await viewing.executable.run(feeds);
          const fresh = Math.min(batch, count - begin);
          kept.set(narrowed(made.maps.subarray(0, fresh * size)), begin * size);
          await told(view * count + begin + fresh, amount * count);
        }
        views.push(kept);
      }
      return new KeptMaps(views, size);
    } finally {
      viewing.dispose();
    }
  }

  /** The maps of view `of[i]` of picture `rows[i]`, [rows.length, size]. */
  read(rows: Int32Array, of: Int32Array): Float32Array {
    const values = new Float32Array(rows.length * this.size);
    rows.forEach((row, i) => {
      widenInto(values, i * this.size, this.views[of[i]].subarray(row * this.size, (row + 1) * this.size));
    });
    return values;
  }
}
