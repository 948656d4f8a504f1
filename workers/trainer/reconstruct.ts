import { Fault } from '../../src/core/fault';
import type { Reconstructions, WalkRequest } from '../../src/core/reconstructions';
import { loadCheckpoint } from '../../src/database/checkpoints';
import { readDataset } from '../../src/database/datasets';
import { readRun } from '../../src/database/runs';
import { reconstructState } from '../../src/learn/reconstruct';
import type { Context } from './context';
import { RunEvaluator } from './evaluate';

/** Gives the pictures' bytes away: they are made anew at every look. */
export function sendReconstructions({ page }: Context, run: string, reconstructions: Reconstructions): void {
  const { originals, shown, made, latent } = reconstructions;
  const pictures = [
    originals,
    made,
    ...(shown ? [shown] : []),
    ...(latent ? [latent.samples, latent.walk.pictures] : []),
  ];
  page.send(
    { type: 'reconstructions', run, reconstructions },
    pictures.map(({ buffer }) => buffer),
  );
}

/**
 * Reconstructs pictures by a run that is not under way, as of its newest checkpoint.
 * @throws Fault('data') when there is none
 */
export async function reconstructRun(context: Context, id: string, walk: WalkRequest): Promise<void> {
  const run = await readRun(context.db, id);
  const dataset = run && (await readDataset(context.db, run.dataset));
  const checkpoint = run && (await loadCheckpoint(context.db, id));
  if (!run || !dataset || !checkpoint)
    throw new Fault('data', 'This run has no checkpoint to look at.', 'Train it for a few seconds first.');
  const source = await context.source(dataset.id, run.config.side);
  const { probes } = await RunEvaluator.open(context, dataset);
  const made = await reconstructState(context.executor, run.config, source, checkpoint, probes, walk);
  if (made) sendReconstructions(context, id, { step: checkpoint.step, ...made });
}
