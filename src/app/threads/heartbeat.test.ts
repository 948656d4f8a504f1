import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a thread that says nothing for two minutes is gone, and one that is busy for less is not', () => {
  let [asked, gone] = [0, 0];
  const heartbeat = new Heartbeat(
    () => asked++,
    () => gone++,
  );
  for (let minute = 0; minute < 10; minute++) {
    vi.advanceTimersByTime(115_000);
    heartbeat.answered();
  }
  expect([asked > 200, gone]).toEqual([true, 0]);
  vi.advanceTimersByTime(125_000);
  expect(gone).toBe(1);
  vi.advanceTimersByTime(1_000_000);
  expect(gone).toBe(1);
});
