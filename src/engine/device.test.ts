import { expect, test, vi } from 'vitest';
import { Fault } from '../core/fault';
import { chooseDevice } from './device';
import type { Executor } from './executor';
import * as trial from './trial';

test('the cpu is taken when it is chosen, tested and timed', async () => {
  const { executor, report } = await chooseDevice('cpu', { allowSoftware: false });
  expect(report).toMatchObject({ backend: 'cpu', executor: 'tensorflow', software: false, passedOver: [] });
  expect(report.why).toBe('Training runs on the processor, in plain JavaScript, as you chose.');
  expect(report.imagesPerSecond).toBeGreaterThan(0);
  await executor.read([]);
  expect(executor.bytesHeld()).toBe(0);
  executor.dispose();
});

test('a chosen backend that is not there is a fault, not another backend', async () => {
  // Node has no WebGPU.
  const refused = await chooseDevice('webgpu', { allowSoftware: true }).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(Fault);
  expect(refused).toMatchObject({ kind: 'device', message: expect.stringContaining('webgpu: ') });
});

test('a backend that fails while it is timed is passed over like any other, and disposed of', async () => {
  const disposed: string[] = [];
  const timed = vi.spyOn(trial, 'imagesPerSecond').mockImplementation(async (executor: Executor) => {
    vi.spyOn(executor, 'dispose').mockImplementation(() => void disposed.push(executor.backend));
    throw new Error('The driver gave up.');
  });
  const refused = await chooseDevice('cpu', { allowSoftware: false }).catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ kind: 'device', message: expect.stringContaining('cpu: The driver gave up.') });
  expect(disposed).toEqual(['cpu']);
  timed.mockRestore();
});
