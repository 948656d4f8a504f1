import { expect, test, vi } from 'vitest';
import { NoRoom } from '../../src/core/fault';
import type { Executor } from '../../src/engine/executor';
import { byLoop } from '../../src/evaluate/neighbours/neighbours';
import { allRows } from '../../src/evaluate/sample';
import { neighboursBy } from './neighbours';

const none = {} as Executor;
const searching = { uploadRows: vi.fn(() => Promise.reject(new NoRoom('Too much.'))) };
const executor = searching as unknown as Executor;

test('the loop searches where no graphics card does', () => {
  expect(neighboursBy(none, { software: false })).toBe(byLoop);
  expect(neighboursBy(none, { software: true })).toBe(byLoop);
  expect(neighboursBy(executor, { software: true })).toBe(byLoop);
});

test('a graphics card that trains is asked, and where it has no room the loop', async () => {
  // 2^27 products of two numbers.
  const [count, dim] = [512, 512];
  const rows = { values: Float32Array.from({ length: count * dim }, (_, at) => (at * 7919) % 1009), count, dim };
  const found = await neighboursBy(executor, { software: false }).ofRows(rows, allRows(count), 3);
  expect(searching.uploadRows).toHaveBeenCalledOnce();
  expect(found).toEqual(await byLoop.ofRows(rows, allRows(count), 3));
});
