import { expect, test } from 'vitest';
import { ROWS, readBenchOptions } from './options';
import { tasksOf } from './tasks';

const read = (...args: string[]) => readBenchOptions(args);

test('without arguments everything is measured, five times', () => {
  const { rows, rounds, gpu, node, peers } = read();
  expect(peers).toContain('unfused');
  expect(peers).not.toContain('no-updates');
  expect(read('--peers', 'plan,no-updates').peers).toEqual(['plan', 'no-updates']);
  expect({ rows, rounds, gpu, node }).toEqual({ rows: ROWS, rounds: 5, gpu: false, node: false });
});

test('lists, numbers and flags are read', () => {
  const { rows, networks, peers, rounds, patience } = read(
    ...['--rows', 'step,embed', '--networks', 'resnet8', '--peers', 'stock,jax', '--rounds', '7', '--patience', '3'],
  );
  expect({ rows, networks, peers, rounds, patience }).toEqual({
    rows: ['step', 'embed'],
    networks: ['resnet8'],
    peers: ['stock', 'jax'],
    rounds: 7,
    patience: 3,
  });
});

test('what does not fit is a complaint', () => {
  expect(() => read('--rows', 'stop')).toThrow('--rows is one of');
  expect(() => read('--rounds', '0')).toThrow('--rounds is a whole number');
  expect(() => read('step')).toThrow('"step" belongs to no option');
});

test('a GPU gets batches that fill it, unless one is asked for', () => {
  const batches = (gpu: boolean, batch?: number) =>
    tasksOf('step', { networks: ['resnet18'], batch, gpu }).map(({ task }) => task.batch);
  expect([batches(false), batches(true), batches(true, 32)]).toEqual([[2], [256], [32]]);
});
