import { count } from '../../../src/core/amounts';
import { runNames } from '../../../src/core/comparison/names';
import { isComparable } from '../../../src/core/ended';
import { PRESET_WORDS } from '../../../src/core/presets';
import { pretrainedNamed } from '../../../src/core/pretrained';
import type { Run } from '../../../src/core/records';
import { representationWords } from '../../../src/core/representation';
import { wholeSide } from '../../../src/core/seen';
import type { Subject } from '../../../src/core/sensitivity';
import { readDataset } from '../../../src/database/datasets';
import { listRuns } from '../../../src/database/runs';
import { colourHistogram, meanRow, rawPixels, smallPixels } from '../../../src/evaluate/baselines';
import type { Rows } from '../../../src/evaluate/rows';
import type { PixelSource } from '../../../src/learn/source';
import type { Whose } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import { evenRows } from '../measured';
import { openBundled, openGiven } from '../pretrained';
import type { Task } from '../task';
import { openWhose, reducedOf, reducing } from './represented';
import { croppedSource } from './sources';

/** Anything that makes embeddings of pictures. */
export interface OpenSubject {
  title: string;
  /** The pictures as it sees them. */
  source: PixelSource;
  /** `message`: what is said meanwhile. */
  embed(source: PixelSource, rows: readonly number[], message: string): Promise<Rows>;
  dispose(): void;
}

async function openPixels(context: Context, whose: Whose, task: Task, subject: Subject): Promise<OpenSubject> {
  const source = croppedSource(await context.source(whose.dataset, whose.side), whose.side);
  const { side } = source;
  const some = evenRows(source.count, 1024);
  const mean = meanRow(smallPixels(await source.read(some), some.length, side));
  const raw = subject === 'raw pixels';
  return {
    title: raw ? 'Raw pixels' : 'Colour histogram',
    source,
    embed: async (from, rows, message) => {
      task.say(message);
      await task.pause();
      const pixels = await from.read(rows);
      return raw ? rawPixels(pixels, rows.length, side, mean) : colourHistogram(pixels, rows.length, side);
    },
    dispose: () => undefined,
  };
}

/** A network that was trained elsewhere: one that comes with the page sees whole pictures, weights that were given the crops. */
async function openForeign(
  context: Context,
  task: Task,
  whose: Whose,
  subject: Exclude<Subject, string | { run: string }>,
): Promise<OpenSubject> {
  const bundled = 'network' in subject;
  const stored = (await readDataset(context.db, whose.dataset))?.storedSide ?? 0;
  const side = bundled ? wholeSide(stored) : whose.side;
  const pictures = await context.source(whose.dataset, side, bundled ? 1 : undefined);
  const source = bundled ? pictures : croppedSource(pictures, side);
  const looks = { side, recipe: 'natural' } as const; // no views are asked for
  const embedder = bundled
    ? await openBundled(context, pretrainedNamed(subject.network), subject.address, source, looks)
    : await openGiven(context, subject.weights, source, looks);
  return {
    title: `${bundled ? pretrainedNamed(subject.network).title : subject.weights.name}, ${bundled ? 'pretrained' : 'as it is'}`,
    source,
    embed: async (from, rows, message) => ({
      values: await task.embed(embedder, from, rows, message),
      count: rows.length,
      dim: embedder.dim,
    }),
    dispose: () => embedder.dispose(),
  };
}

/** As the run is called in a comparison; its method's name alone while it is in none. */
async function nameOf({ db }: Context, run: Run): Promise<string> {
  const names = runNames((await listRuns(db, run.dataset)).filter(isComparable));
  return names.get(run.id) ?? PRESET_WORDS[run.config.preset].title;
}

/**
 * Opens what embeds. The centre crops of the pictures are its source, so that what is altered is what it sees.
 * @throws Fault('data') for a run without a checkpoint
 */
export async function openSubject(context: Context, task: Task, whose: Whose, subject: Subject): Promise<OpenSubject> {
  if (subject === 'raw pixels' || subject === 'colour histogram') return openPixels(context, whose, task, subject);
  const untrained = subject === 'untrained encoder';
  if (!untrained && !('run' in subject)) return openForeign(context, task, whose, subject);
  const run = untrained ? null : subject.run;
  const opened = await openWhose(context, { ...whose, run }, 'subject');
  const { encoder } = opened;
  try {
    const reduced = await reducedOf(context, task, opened);
    const embedder = await encoder.embedder(opened.representation);
    const reducedEmbedder = reducing(embedder, reduced);
    const name = opened.run && (await nameOf(context, opened.run));
    const how = opened.run?.representation
      ? `, ${representationWords(opened.representation, opened.run.config.backbone, reducedEmbedder.dim)}`
      : '';
    return {
      title: name ? `${name}, step ${count(opened.step)}${how}` : 'Untrained encoder',
      source: croppedSource(encoder.source, opened.side),
      embed: async (source, rows, message) => ({
        values: await task.embed(reducedEmbedder, source, rows, message),
        count: rows.length,
        dim: reducedEmbedder.dim,
      }),
      dispose: () => {
        embedder.dispose();
        encoder.dispose();
      },
    };
  } catch (cause) {
    encoder.dispose();
    throw cause;
  }
}
