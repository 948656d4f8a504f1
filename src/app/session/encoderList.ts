import { tellCause } from '../store/faults';
import { currentDataset, patch, runUnderWay } from '../store/store';
import { prepareSearch } from './askNeighbours';
import { evaluateSearch } from './evaluating';
import type { Parts } from './parts';

/** Reads anew which encoders the data set on the page has. */
export async function readEncoders(parts: Parts): Promise<void> {
  const { store, reads } = parts;
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
    const bytes = new Map(embedded.map((one) => [one.encoder, one.bytes]));
    for (const { id } of stored) bytes.set(id, (bytes.get(id) ?? 0) + (await reads.checkpointBytes(id)));
    const state = store.getState();
    if (state.library.current !== dataset) return;
    const count = currentDataset(state)?.count;
    const whole = embedded.filter((one) => one.count === count);
    patch(store, 'encoders', {
      ...{ runs, bytes, embedded: new Map(embedded.map(({ encoder, step }) => [encoder, step])) },
      versions: whole.map(({ encoder, step, check }) => `${encoder} ${step} ${check}`).join(),
    });
    if (runUnderWay(store.getState())) return;
    evaluateSearch(parts);
    prepareSearch(
      parts,
      whole.map(({ encoder }) => encoder),
    );
  } catch (cause) {
    tellCause(store, cause);
  }
}
