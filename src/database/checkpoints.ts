import { Fault } from '../core/fault';
import type { Checkpoint, History, NamedArray } from '../core/records';
import { below } from './below';
import { intact, sealed } from './binary';
import type { Database } from './connection';
import { goneFault, guarded, transact } from './failure';
import { packHistory, unpackHistory } from './history';
import type { CheckpointArray, CheckpointHead, Slot } from './schema';
import { isCheckpointHead, soundHistory } from './sound';

// A run has two slots. A new checkpoint takes the one that is not the newest; slot, pointer to the newest, and the
// run's step change in one transaction that is on the disk before it counts as done. Whenever the tab or the machine
// dies, one whole checkpoint is there.

/**
 * Saves a checkpoint and the run's step and seconds.
 * @throws Fault 'storage' when the browser refuses; the checkpoints that are there stay as they are. 'data' when the run is gone
 */
export async function saveCheckpoint(db: Database, checkpoint: Checkpoint): Promise<void> {
  const { run, variables, history, ...rest } = checkpoint;
  const arrays = Object.entries(variables).map(([name, array]) => ({ name, ...packArray(array) }));
  const stored = packHistory(history);
  await guarded('saving a checkpoint', async () => {
    const tx = db.transaction(['checkpoints', 'arrays', 'histories', 'newest', 'runs'], 'readwrite', {
      durability: 'strict',
    });
    await transact(tx, async (ask) => {
      const [newest, record] = await Promise.all([
        ask(tx.objectStore('newest').get(run)),
        ask(tx.objectStore('runs').get(run)),
      ]);
      if (!record) throw goneFault('run');
      const slot: Slot = newest?.slot === 0 ? 1 : 0;
      ask(tx.objectStore('arrays').delete(arraysOf(run, slot)));
      for (const array of arrays) ask(tx.objectStore('arrays').put({ run, slot, ...array }));
      ask(tx.objectStore('histories').put({ ...stored, run, slot }));
      ask(tx.objectStore('checkpoints').put({ run, slot, ...rest, names: arrays.map(({ name }) => name) }));
      ask(tx.objectStore('newest').put({ run, slot }));
      const { step, seconds } = checkpoint;
      ask(tx.objectStore('runs').put({ ...record, step, seconds }));
    });
  });
}

const arraysOf = (run: string, slot: Slot): IDBKeyRange => below(run, slot);

function packArray({ shape, data }: NamedArray): Pick<CheckpointArray, 'shape' | 'kind' | 'bytes' | 'check'> {
  return { shape: [...shape], kind: data instanceof Float32Array ? 'float32' : 'int32', ...sealed(data) };
}

/**
 * The newest checkpoint of a run whose checksums all fit: the one saved last, else the one before. A damaged history is
 * made anew of what is left. Null: there is none.
 * @throws Fault 'data' when there are some and none is whole
 */
export async function loadCheckpoint(db: Database, run: string): Promise<Checkpoint | null> {
  const slots = await slotsOf(db, run);
  const lost: string[] = [];
  for (const slot of slots) {
    const found = await readSlot(db, run, slot);
    if (typeof found !== 'string') return found;
    lost.push(found);
  }
  if (slots.length === 0) return null;
  throw new Fault(
    'data',
    `No checkpoint of this run can be used: ${lost.join('; ')}.`,
    'The pictures are not affected. Start a new run.',
  );
}

/** Losses, measures and probe neighbours of a run up to its newest checkpoint. Null: no checkpoint yet, or none is readable. */
export async function readHistory(db: Database, run: string): Promise<History | null> {
  for (const slot of await slotsOf(db, run)) {
    const stored = await guarded('reading the history of a run', () => db.get('histories', [run, slot]));
    if (stored && intact(stored)) return unpackHistory(stored);
  }
  return null;
}

/** Bytes of a run's checkpoints, counted by the shapes of their arrays. */
export async function checkpointBytes(db: Database, run: string): Promise<number> {
  return guarded('reading the checkpoints of a run', async () => {
    let bytes = 0;
    // A shape is an array: what comes after all shapes of this run is another run.
    const range = IDBKeyRange.bound([run], [`${run}\0`], false, true);
    let cursor = await db.transaction('arrays').store.index('size').openKeyCursor(range);
    for (; cursor; cursor = await cursor.continue()) bytes += 4 * cursor.key[1].reduce((size, side) => size * side, 1);
    return bytes;
  });
}

/** Slots in use, newest first. */
async function slotsOf(db: Database, run: string): Promise<Slot[]> {
  return guarded('reading the checkpoints of a run', async () => {
    const tx = db.transaction(['newest', 'checkpoints']);
    const [newest, keys] = await Promise.all([
      tx.objectStore('newest').get(run),
      tx.objectStore('checkpoints').getAllKeys(below(run)),
    ]);
    const slots = keys.map(([, slot]) => slot);
    return slots.sort((a, b) => Number(b === newest?.slot) - Number(a === newest?.slot));
  });
}

/** The checkpoint of a slot, or in words what is damaged. */
async function readSlot(db: Database, run: string, slot: Slot): Promise<Checkpoint | string> {
  const other: Slot = slot === 0 ? 1 : 0;
  const [head, arrays, history, before] = await guarded('reading a checkpoint', () => {
    const tx = db.transaction(['checkpoints', 'arrays', 'histories']);
    return Promise.all([
      tx.objectStore('checkpoints').get([run, slot]),
      tx.objectStore('arrays').getAll(arraysOf(run, slot)),
      tx.objectStore('histories').get([run, slot]),
      tx.objectStore('histories').get([run, other]),
    ]);
  });
  if (!isCheckpointHead(head)) return 'a checkpoint is gone';
  const lost = (what: string): string => `in the one of step ${head.step}, ${what}`;
  const byName = new Map(arrays.map((array) => [array.name, array]));
  const variables: Record<string, NamedArray> = {};
  for (const name of head.names) {
    const array = byName.get(name);
    if (!array) return lost(`"${name}" is missing`);
    if (!intact(array)) return lost(`"${name}" is damaged`);
    const data = array.kind === 'float32' ? new Float32Array(array.bytes) : new Int32Array(array.bytes);
    variables[name] = { shape: array.shape, data };
  }
  if (history && intact(history)) return { ...headless(head), variables, history: unpackHistory(history) };
  // Charts with a gap are no reason to lose the weights.
  const rest = before && intact(before) ? unpackHistory(before) : null;
  return { ...headless(head), variables, history: soundHistory(run, head.step, rest) };
}

function headless({
  run,
  step,
  pointer,
  seconds,
  savedAt,
  coolDown,
}: CheckpointHead): Omit<Checkpoint, 'variables' | 'history'> {
  return { run, step, pointer, seconds, savedAt, coolDown };
}
