import { afterAll, expect, test, vi } from 'vitest';
import { NoRoom } from '../../src/core/fault';
import { Draws } from '../../src/core/random';
import type { Executor } from '../../src/engine/executor';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { byLoop } from '../../src/evaluate/neighbours/neighbour_finder';
import { onDevice } from '../../src/evaluate/neighbours/on_device';
import { allRows } from '../../src/evaluate/sample';
import { neighbourFinderFor, openBank } from './neighbour_finder';

const executor = await createProcessorExecutor(1);
afterAll(() => executor.dispose());

const draws = new Draws({ seed: 1, purpose: 'sample' });
const rows = { values: Float32Array.from({ length: 200 * 13 }, () => draws.normal()), count: 200, dim: 13 };

test.each([200 * 13, 13 * 64, 1])('an executor finds what the loop finds, of variables of %i numbers', async (most) => {
  const found = await onDevice((unit, batch) => openBank(executor, unit, batch, most), 0).ofRows(rows, allRows(200), 7);
  const right = await byLoop.ofRows(rows, allRows(200), 7);
  // Rows may change places only where their cosines differ by less than single precision resolves.
  found.similarities.forEach((similarity, i) => {
    expect(Math.abs(similarity - right.similarities[i])).toBeLessThan(1e-6);
  });
  expect(found.rows.filter((row, i) => row !== right.rows[i]).length).toBeLessThan(5);
  await executor.read([]);
  expect(executor.bytesHeld()).toBe(0);
});

test('the loop searches where no graphics card does, and where that has no room', async () => {
  expect(neighbourFinderFor(executor, { software: false })).toBe(byLoop);
  expect(neighbourFinderFor({ backend: 'webgpu' } as Executor, { software: true })).toBe(byLoop);
  const drop = vi.fn();
  const refuses = { backend: 'webgpu', write: () => undefined, compile: () => Promise.reject(new NoRoom('')), drop };
  const [count, dim] = [512, 512];
  const many = { values: Float32Array.from({ length: count * dim }, (_, at) => (at * 7919) % 1009), count, dim };
  const found = await neighbourFinderFor(refuses as unknown as Executor, { software: false }).ofRows(
    many,
    allRows(count),
    3,
  );
  expect(found).toEqual(await byLoop.ofRows(many, allRows(count), 3));
  expect(drop).toHaveBeenCalledOnce();
});
