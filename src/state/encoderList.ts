import { tellCause } from './faults';
import type { Parts } from './parts';
import { patch } from './store';

/** Reads anew which encoders the data set on the page has. */
export async function readEncoders({ store, reads }: Parts): Promise<void> {
  const dataset = store.getState().library.current;
  if (dataset === null) return;
  try {
    const [stored, embedded] = await Promise.all([reads.runs(dataset), reads.embedded(dataset)]);
    const runs = await Promise.all(
      stored.map(async (run) => {
        const history = await reads.history(run.id).catch(() => null);
        return { run, evaluation: history?.evaluations.findLast(({ of }) => of === 'run') ?? null };
      }),
    );
    if (store.getState().library.current !== dataset) return;
    patch(store, 'encoders', { runs, embedded: new Map(embedded.map(({ encoder, step }) => [encoder, step])) });
  } catch (cause) {
    tellCause(store, cause);
  }
}
