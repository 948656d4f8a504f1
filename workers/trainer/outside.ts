import { Fault } from '../../src/core/fault';
import { pretrainedNamed } from '../../src/core/pretrained';
import type { Dataset } from '../../src/core/records';
import { readDataset } from '../../src/database/datasets';
import { readRun } from '../../src/database/runs';
import { pictureSquare } from '../../src/images/picture';
import { resizeSquares } from '../../src/images/squares';
import type { Whose } from '../../src/protocol/interpretation';
import type { TrainerCalls } from '../../src/protocol/training';
import type { Context } from './context';
import { openWhose, reducedOf, reducing } from './interpretation/represented';
import { bundled, givenTo } from './pretrained';
import type { Task } from './task';

/** An encoder that stays open, because the next picture or part of one is asked for in a moment. */
interface Opened {
  /** Which encoder, and at which step. */
  key: string;
  context: Context;
  /** A picture at the data set's stored side -> its embedding [dim]. */
  embed(square: Uint8Array): Promise<Float32Array>;
  close(): void;
}

let opened: Opened | null = null;

/** Gives back what the encoder holds that embedded outside pictures last: before a run, which wants the room. */
export function closeOutside(): void {
  opened?.close();
  opened = null;
}

/** Embeds a picture that is not in the data set, as the encoder embeds those that are. */
export async function embedPicture(
  context: Context,
  task: Task,
  { whose, picture }: Parameters<TrainerCalls['embed-picture']>[0],
): Promise<Float32Array> {
  const dataset = await readDataset(context.db, whose.dataset);
  if (!dataset) throw new Fault('data', 'This collection is gone.', 'Reload the page.');
  const square = await pictureSquare(new Uint8Array(await picture.arrayBuffer()), dataset.storedSide);
  task.check();
  const step = whose.run === null ? 0 : (await readRun(context.db, whose.run))?.step;
  const key = JSON.stringify([whose, step]);
  if (opened?.context !== context || opened.key !== key) {
    // The executor of another context is gone, and what it held with it.
    if (opened?.context === context) opened.close();
    opened = null;
    opened = { key, context, ...(await open(context, task, whose, dataset)) };
  }
  try {
    return await opened.embed(square);
  } catch (cause) {
    closeOutside();
    throw cause;
  }
}

async function open(context: Context, task: Task, whose: Whose, dataset: Dataset) {
  const { storedSide } = dataset;
  let square = new Uint8Array();
  /** A data set of the picture alone, of which every encoder sees the crop that it sees of others. */
  const source: Context['source'] = async (_, side, margin = 1.25) => {
    const whole = Math.round(margin * side);
    return { count: 1, side: whole, read: async () => resizeSquares(square, 1, storedSide, whole) };
  };
  const alone: Context = { ...context, source, phase: () => undefined };
  const { embed, close } = await openAlone(alone, context, task, whose, dataset);
  return {
    embed(next: Uint8Array) {
      square = Uint8Array.from(next);
      return embed();
    },
    close,
  };
}

/** Opens an encoder on the one picture of `alone`. */
async function openAlone(alone: Context, context: Context, task: Task, whose: Whose, dataset: Dataset) {
  const foreign = whose.network
    ? bundled(pretrainedNamed(whose.network.name), whose.network.address)
    : whose.weights && (await givenTo(context, dataset.id, whose.weights));
  if (foreign) {
    const { side, margin } = await foreign.sees(alone, dataset);
    const looks = { side, recipe: 'natural' } as const; // no views are asked for
    const embeds = await foreign.open(alone, await alone.source(dataset.id, side, margin), looks);
    return { embed: () => embeds.embed([0]), close: () => embeds.dispose() };
  }
  // A run, or the untrained encoder.
  const { encoder, representation } = await openWhose(alone, whose, 'outside');
  try {
    // A reduction is fitted to the data set, which is opened for that.
    const whole = representation.reduction.kind === 'none' ? null : await openWhose(context, whose, 'data set');
    const reduced = whole && (await reducedOf(context, task, whole).finally(() => whole.encoder.dispose()));
    const embedder = await encoder.embedder(representation);
    const close = () => {
      embedder.dispose();
      encoder.dispose();
    };
    return { embed: () => reducing(embedder, reduced).embed([0]), close };
  } catch (cause) {
    encoder.dispose();
    throw cause;
  }
}
