import { count as grouped } from '../../src/core/amounts';
import type { EncoderConfig, RunConfig } from '../../src/core/config';
import type { Dataset, Evaluation } from '../../src/core/records';
import { VIEWED } from '../../src/core/training_cost';
import { checkedEmbeddings, loadBaselines, saveBaselines, saveEmbeddings } from '../../src/database/embeddings';
import { colourHistogram, rawPixels } from '../../src/evaluate/baselines';
import { type Evaluated, evaluateEmbedding } from '../../src/evaluate/summary';
import type { PixelSource } from '../../src/learn/source';
import { openUntrained } from '../../src/learn/untrained';
import type { Context } from './context';
import { evaluate, folderNumbers } from './evaluate';
import { evenRows, MEASURED, pickLabels } from './measured';
import { preparing } from './preparing';
import type { Task } from './task';

/** Pixels of a view's side, what draws the weights, and what the views that evaluate are drawn by. */
type Asked = Pick<RunConfig, 'side' | 'seed' | 'recipe'> & { views: boolean };

/** What the baselines of a data set depend on. */
export const baselineKey = (
  { backbone, width, stem }: EncoderConfig,
  { side, seed, recipe }: Omit<Asked, 'views'>,
): string => `${backbone} w${width} ${stem} ${side}px seed ${seed}, ${recipe} views`;

/** Raw pixels and colour histogram of these rows, measured by the same protocol as every encoder. */
async function withoutLearning(
  source: PixelSource,
  rows: readonly number[],
  known: Pick<Evaluated, 'labels' | 'neighbourFinder'>,
  task: Task,
): Promise<Evaluation[]> {
  const pixels = await source.read(rows);
  const tables = [
    { of: 'raw pixels' as const, ...rawPixels(pixels, rows.length, source.side) },
    { of: 'colour histogram' as const, ...colourHistogram(pixels, rows.length, source.side) },
  ];
  const evaluations: Evaluation[] = [];
  for (const { of, ...table } of tables)
    evaluations.push({
      ...{ of, step: 0 },
      measures: await evaluateEmbedding({ ...table, ...known, patience: 4 }, () => task.pause()),
    });
  return evaluations;
}

/**
 * Embeds the data set with the encoder as it is before any training and measures it beside raw pixels and colours,
 * unless that is stored. So a click on a picture has an answer from the first minute, and training something to beat.
 * Of a data set larger than what is measured nothing else is embedded, and no click is answered by it.
 * @param task ends it between two batches
 */
export async function ensureBaseline(
  context: Context,
  dataset: Dataset,
  encoder: EncoderConfig,
  asked: Asked,
  task: Task,
): Promise<void> {
  const key = baselineKey(encoder, asked);
  const known = await loadBaselines(context.db, dataset.id, key);
  const whole = dataset.count <= MEASURED;
  const table = whole ? await checkedEmbeddings(context.db, dataset.id, 'untrained') : null;
  const labels = await folderNumbers(context.db, dataset.id);
  // Without labels two views are all there is to measure by.
  const views = asked.views || labels === null;
  const viewed = known?.some(({ of, measures }) => of === 'untrained encoder' && measures.some((one) => one.recipe));
  const current =
    !whole || (table !== null && table !== 'damaged' && table.count === dataset.count && table.about.endsWith(key));
  const evaluations =
    known && current && (viewed || !views)
      ? known
      : await measure(context, dataset, encoder, { ...asked, views }, key, labels, task);
  for (const evaluation of evaluations)
    context.page.send({ type: 'evaluation', dataset: dataset.id, run: 'untrained', evaluation });
  if (whole) context.page.send({ type: 'embedded', dataset: dataset.id, run: 'untrained', step: 0 });
}

async function measure(
  context: Context,
  dataset: Dataset,
  config: EncoderConfig,
  asked: Asked,
  key: string,
  labels: Int32Array | null,
  task: Task,
): Promise<Evaluation[]> {
  context.phase('loading', 'Reading the pictures');
  const source = await context.source(dataset.id, asked.side);
  const rows = evenRows(dataset.count, MEASURED);
  const known = { labels: pickLabels(labels, rows), neighbourFinder: context.neighbourFinder };
  const words = 'Embedding with the untrained encoder';
  const say = (message: string, share?: number) => context.phase('embedding', message, share);
  say(words);
  const encoder = await preparing(context.executor, { words, say, check: () => task.check() }, () =>
    openUntrained(context.executor, config, asked, source),
  );
  try {
    const { evaluation, table } = await evaluate(
      'untrained encoder',
      encoder,
      { rows, viewed: asked.views ? evenRows(dataset.count, VIEWED, dataset.removed) : [], ...known },
      (done, of) => {
        const pictures = `${grouped(Math.min(done, rows.length))} of ${grouped(rows.length)} pictures`;
        say(
          done > rows.length
            ? `Embedding views of pictures with the untrained encoder`
            : `Embedding ${pictures} with the untrained encoder`,
          done / of,
        );
        return task.pause();
      },
    );
    const evaluations = [...(await withoutLearning(source, rows, known, task)), evaluation];
    if (table.count === dataset.count)
      await saveEmbeddings(context.db, {
        ...table,
        dataset: dataset.id,
        run: 'untrained',
        step: 0,
        about: `the untrained encoder, ${key}`,
      });
    await saveBaselines(context.db, dataset.id, key, evaluations);
    return evaluations;
  } finally {
    encoder.dispose();
  }
}
