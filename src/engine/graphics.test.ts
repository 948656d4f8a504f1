import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Fault } from '../core/fault';
import { lostFault } from './graphics';

class OutOfMemory extends Error {}
beforeEach(() => void vi.stubGlobal('GPUOutOfMemoryError', OutOfMemory));
afterEach(() => void vi.unstubAllGlobals());

/** A device that lives, and tells of an error that nobody has asked for. */
function device() {
  const events = new EventTarget();
  const lost = new Promise<never>(() => undefined);
  const fail = (error: Error) => events.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
  return { lost, fail, made: Object.assign(events, { lost }) as unknown as GPUDevice };
}

test('a device whose memory runs out unasked is lost: who trains on it is replaced, and goes on from a checkpoint', async () => {
  const { made, fail } = device();
  const lost = lostFault(made);
  fail(new OutOfMemory('allocation failed'));
  const fault = await lost;
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ kind: 'device', message: expect.stringContaining('no memory left') });
  expect(fault.advice).toContain('checkpoint');
});

test('so is one that refuses anything else, with its reason', async () => {
  const { made, fail } = device();
  const lost = lostFault(made);
  fail(new Error('binding too large'));
  expect(await lost).toMatchObject({ kind: 'device', message: expect.stringContaining('binding too large') });
});
