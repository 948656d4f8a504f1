import { readPaths } from '../../../src/database/images';
import { rawPixels } from '../../../src/evaluate/baselines';
import { SMALL } from '../../../src/evaluate/shrink';
import { nearDuplicates } from '../../../src/evaluate/split/near_duplicates';
import { smallPixels } from '../../evaluator/pixels';
import { unitsOf } from '../../evaluator/together';
import type { Context } from '../context';
import type { Task } from '../task';

/**
 * Pictures that are nearly the same, which no fold may divide: as in a test by labels, without groups. Undefined where
 * that leaves nothing to hold back. `embedded`: pictures that there were when they were embedded last.
 */
export async function keptTogether(
  { db }: Pick<Context, 'db'>,
  task: Task,
  dataset: string,
  embedded: number,
): Promise<Int32Array | undefined> {
  const { pixels, count } = await smallPixels(db, dataset);
  const work = nearDuplicates(rawPixels(pixels, count, SMALL));
  const near = await task.finish(work, 'Looking for nearly equal pictures');
  const units = unitsOf(await readPaths(db, dataset), [], null, { near }).subarray(0, embedded);
  return new Set(units).size > 1 ? units : undefined;
}
