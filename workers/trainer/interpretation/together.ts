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
 * that leaves nothing to hold back. `rows`: of the data set, in whose order the answer is.
 */
export async function keptTogether(
  { db }: Pick<Context, 'db'>,
  task: Task,
  dataset: string,
  rows: Int32Array,
): Promise<Int32Array | undefined> {
  const { pixels, count } = await smallPixels(db, dataset);
  const work = nearDuplicates(rawPixels(pixels, count, SMALL));
  const near = await task.finish(work, 'Looking for nearly equal pictures');
  const all = unitsOf(await readPaths(db, dataset), [], null, { near });
  const units = rows.map((row) => all[row]);
  return new Set(units).size > 1 ? units : undefined;
}
