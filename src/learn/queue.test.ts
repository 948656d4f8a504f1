import { expect, test } from 'vitest';
import { createProcessorExecutor } from '../engine/processor/executor';
import { input, scalar, variable } from '../graph/ops/leaves';
import { advance, enqueue, initialQueue, NO_PICTURE, QUEUE, QUEUE_IDS } from './queue';

test('every first row has length 1 and belongs to no picture', () => {
  const { [QUEUE]: rows, [QUEUE_IDS]: ids } = initialQueue(50, 16, 4);
  for (let row = 0; row < 50; row++) {
    expect(Math.hypot(...rows.data.subarray(row * 16, (row + 1) * 16))).toBeCloseTo(1, 5);
  }
  expect(new Set(ids.data)).toEqual(new Set([NO_PICTURE]));
});

/** Enqueues 1, 2, 3, ... in turns of `keys` into a ring of `size` zeros. */
async function ringAfter(turns: number, keys: number, size: number): Promise<number[]> {
  const executor = await createProcessorExecutor(1);
  const ring = variable('ring', [size], 'int32');
  const updates = { ring: enqueue(ring, input('keys', [keys], 'int32'), scalar('pointer')) };
  const executable = await executor.compile({ name: 'enqueue', outputs: {}, updates });
  executor.write({ ring: { shape: [size], data: new Int32Array(size) } });
  let pointer = 0;
  for (let turn = 0; turn < turns; turn++) {
    await executable.run({ keys: Int32Array.from({ length: keys }, (_, i) => turn * keys + i + 1), pointer });
    pointer = advance(pointer, keys, size);
  }
  const { ring: held } = await executor.read(['ring']);
  executor.dispose();
  return [...held.data];
}

/** The same, one key at a time. */
function oneByOne(count: number, size: number): number[] {
  const ring = new Array<number>(size).fill(0);
  for (let i = 0; i < count; i++) ring[i % size] = i + 1;
  return ring;
}

test.each([
  [3, 4, 12, 'a whole number of batches'],
  [4, 4, 10, 'no multiple of the batch: the end wraps and drops nothing'],
  [3, 4, 4, 'one batch'],
  [3, 10, 4, 'fewer rows than keys: the last ones stay'],
])('%i turns of %i keys into %i rows, %s', async (turns, keys, size) => {
  expect(await ringAfter(turns, keys, size)).toEqual(oneByOne(turns * keys, size));
});
