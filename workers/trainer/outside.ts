import { Fault } from '../../src/core/fault';
import { pretrainedNamed } from '../../src/core/pretrained';
import { readDataset } from '../../src/database/datasets';
import { pictureSquare } from '../../src/images/picture';
import { resizeSquares } from '../../src/images/squares';
import type { Whose } from '../../src/protocol/interpretation';
import type { TrainerCalls } from '../../src/protocol/training';
import type { Context } from './context';
import { openWhose, reducedOf, reducing } from './interpretation/represented';
import { bundled, givenTo } from './pretrained';
import type { Task } from './task';

/** Embeds a picture that is not in the data set, as the encoder embeds those that are. */
export async function embedPicture(
  context: Context,
  task: Task,
  { whose, picture }: Parameters<TrainerCalls['embed-picture']>[0],
): Promise<Float32Array> {
  const dataset = await readDataset(context.db, whose.dataset);
  if (!dataset) throw new Fault('data', 'This data set is gone.', 'Reload the page.');
  const { storedSide } = dataset;
  const square = await pictureSquare(new Uint8Array(await picture.arrayBuffer()), storedSide);
  task.check();
  /** A data set of this picture alone, of which every encoder sees the crop that it sees of others. */
  const source: Context['source'] = async (_, side, margin = 1.25) => {
    const whole = Math.round(margin * side);
    const pixels = resizeSquares(square, 1, storedSide, whole);
    return { count: 1, side: whole, read: async () => pixels };
  };
  const alone: Context = { ...context, source, phase: () => undefined };
  const foreign = whose.network
    ? bundled(pretrainedNamed(whose.network.name), whose.network.address)
    : whose.weights && (await givenTo(context, whose.dataset, whose.weights));
  if (!foreign) return embedOwn(alone, context, task, whose);
  const { side, margin } = await foreign.sees(alone, dataset);
  const looks = { side, recipe: 'natural' } as const; // no views are asked for
  const embeds = await foreign.open(alone, await alone.source(dataset.id, side, margin), looks);
  try {
    return await embeds.embed([0]);
  } finally {
    embeds.dispose();
  }
}

/** By a run, or by the untrained encoder. */
async function embedOwn(alone: Context, context: Context, task: Task, whose: Whose): Promise<Float32Array> {
  const opened = await openWhose(alone, whose, 'outside');
  const { encoder, representation } = opened;
  try {
    // A reduction is fitted to the data set, which is opened for that.
    const whole = representation.reduction.kind === 'none' ? null : await openWhose(context, whose, 'data set');
    const reduced = whole && (await reducedOf(context, task, whole).finally(() => whole.encoder.dispose()));
    const embedder = await encoder.embedder(representation);
    try {
      return await reducing(embedder, reduced).embed([0]);
    } finally {
      embedder.dispose();
    }
  } finally {
    encoder.dispose();
  }
}
