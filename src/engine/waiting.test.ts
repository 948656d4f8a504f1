import { expect, test, vi } from 'vitest';
import { Fault } from '../core/fault';
import { Waiting } from './waiting';

/** A device that can be lost, and how often anybody has asked to be told. */
function device() {
  const fault = new Fault('device', 'It was lost.');
  let lose = () => {};
  const lost = new Promise<Fault>((resolve) => {
    lose = () => resolve(fault);
  });
  return { lost, lose, fault, asked: vi.spyOn(lost, 'then') };
}

test('a thousand things waited for leave nothing with the promise that never resolves', async () => {
  const { lost, asked } = device();
  const waiting = new Waiting(lost);
  for (let i = 0; i < 1000; i++) expect(await waiting.orLost(Promise.resolve(i))).toBe(i);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('what is waited for when the device is lost throws the fault, and so does all that comes after', async () => {
  const { lost, lose, fault } = device();
  const waiting = new Waiting(lost);
  const never = waiting.orLost(new Promise(() => undefined));
  lose();
  await expect(never).rejects.toBe(fault);
  await expect(waiting.orLost(Promise.resolve(1))).rejects.toBe(fault);
});

test('a read that fails a moment before the device is known to be lost throws the fault; any other its own cause', async () => {
  const { lost, lose, fault } = device();
  const waiting = new Waiting(lost);
  const cause = new Error('no such buffer');
  await expect(waiting.orLost(Promise.reject(cause))).rejects.toBe(cause);
  const read = waiting.orLost(Promise.reject(cause));
  setTimeout(lose);
  await expect(read).rejects.toBe(fault);
});
