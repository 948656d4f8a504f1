import { pretrainedNamed } from '../../src/core/pretrained';
import type { Dataset } from '../../src/core/records';
import { checkedEmbeddings } from '../../src/database/embeddings';
import { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import { readRun } from '../../src/database/runs';
import type { Whose } from '../../src/protocol/interpretation';
import type { Context } from './context';
import { embedRest } from './embedding';
import { openedWords, openStored, reducedOf, reducing } from './interpretation/represented';
import { bundled, ensureForeign, givenTo } from './pretrained';
import type { Task } from './task';

/**
 * Has an encoder embed the pictures of a data set that it lacks: those that were added since, all of them where its
 * embeddings are damaged, or older than its weights.
 * @throws the task's reason when it is ended: what was embedded until then is stored
 */
export async function embedUsed(context: Context, dataset: Dataset, whose: Whose, task: Task): Promise<void> {
  if (whose.network) {
    const { name, address } = whose.network;
    await ensureForeign(context, dataset, bundled(pretrainedNamed(name), address), null, task);
  } else if (whose.weights)
    await ensureForeign(context, dataset, await givenTo(context, dataset.id, whose.weights), null, task);
  else if (whose.run !== null) await embedRun(context, dataset, whose.run, task);
}

/** As of the run's newest checkpoint, in its representation. */
async function embedRun(context: Context, dataset: Dataset, id: string, task: Task): Promise<void> {
  const { db, page } = context;
  const run = await readRun(db, id);
  // The damaged ones give way to any.
  const stored = await checkedEmbeddings(db, dataset.id, id);
  const known = stored === 'damaged' ? null : stored;
  if (!run || (known && known.count === dataset.count && known.step >= run.step)) return;
  const opened = await openStored(context, id, 'in use');
  try {
    const reduced = await reducedOf(context, task, opened);
    const embedder = await opened.encoder.embedder(opened.representation);
    try {
      const embeds = reducing(embedder, reduced);
      const { step } = opened;
      const about = openedWords(opened, embeds.dim);
      const goesOn = known?.step === step && known.about === about && known.count < dataset.count && !reduced;
      const whose = { dataset: dataset.id, run: id, about, step, dim: embeds.dim };
      // Those of an earlier step answer until as many are there.
      const least = known && !goesOn ? Math.min(known.count, dataset.count) : 0;
      const published = (): void => page.send({ type: 'embedded', dataset: dataset.id, run: id, step });
      const embedding = { count: dataset.count, least, words: 'Embedding with your model', published };
      await GrowingEmbeddings.make(db, whose, { whatever: stored === 'damaged', goesOn }, (rows) =>
        embedRest(embeds, rows, embedding, task),
      );
    } finally {
      embedder.dispose();
    }
  } finally {
    opened.encoder.dispose();
  }
}
