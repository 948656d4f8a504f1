import { expect, test } from 'vitest';
import { createTensorflowExecutor } from './executor';

// TensorFlow.js has one backend at a time: whoever waits for the switch may not have it switched back meanwhile.
test('executors of two backends that are asked at once both answer, each with its own values', async () => {
  const executors = [await createTensorflowExecutor('webgpu'), await createTensorflowExecutor('cpu')];
  const rounds = Array.from({ length: 20 }, (_, round) => round);
  const answers = executors.map(async (executor, i) => {
    const seen: number[] = [];
    for (const round of rounds) {
      executor.write({ a: { shape: [1], data: Float32Array.of(100 * i + round) } });
      seen.push((await executor.read(['a'])).a.data[0]);
    }
    executor.dispose();
    return seen;
  });
  expect(await Promise.all(answers)).toEqual([rounds, rounds.map((round) => 100 + round)]);
});
