import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainOptions } from './options';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lookalike-options-'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'cats/deep'), { recursive: true });
  writeFileSync(join(folder, 'cats/deep/one.png'), '');
  writeFileSync(join(folder, 'cats/pairs.csv'), 'file_a,file_b\n');
  writeFileSync(join(folder, 'others.csv'), 'left,right\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const given = (...more: string[]) => trainOptions(['--images', join(folder, 'cats'), '--out', 'out', ...more]);

test('what is not given is the page’s choice for a run that starts from InceptionV3', () => {
  const { values, preset, recipe, backend, most, name, pairs } = given();
  const shared = { seed: 0, symmetric: false, precision: 'full' };
  expect(values).toEqual({ start: { bundled: 'inception-v3' }, ...shared });
  const adapted = given(...'--start mobilenet-v2 --freeze block_9 --views 4 --neighbours 5 --steps 7'.split(' '));
  const chosen = { frozen: 4, views: 4, neighbours: 5, steps: 7 };
  expect(adapted.values).toEqual({ start: { bundled: 'mobilenet-v2' }, ...chosen, ...shared });
  // Random weights have the published values.
  const random = { start: null, backbone: 'resnet8', width: 16, side: 32, steps: 300, keyNorm: 'shuffle', ...shared };
  for (const args of [
    ['--start', 'none'],
    ['--backbone', 'resnet8'],
    ['--side', '32'],
  ])
    expect(given(...args).values).toEqual(random);
  expect({ preset, recipe, backend, most, name }).toEqual({
    preset: 'moco-v2',
    recipe: 'natural',
    backend: undefined,
    most: { batch: 32, queue: 512 },
    name: 'cats',
  });
  expect(pairs).toBe(join(folder, 'cats/pairs.csv'));
});

test('every option is read', () => {
  const { values, preset, recipe, backend } = given(
    ...'--preset moco-v1 --backbone resnet18 --width 64 --side 48 --batch 16 --queue 64 --steps 5 --seed 9'.split(' '),
    ...'--backend cpu --aug product --symmetric --key-norm eman --precision half'.split(' '),
  );
  expect({ preset, recipe, backend, ...values }).toEqual({
    preset: 'moco-v1',
    recipe: 'product',
    backend: 'cpu',
    backbone: 'resnet18',
    width: 64,
    side: 48,
    start: null,
    batch: 16,
    queue: 64,
    steps: 5,
    seed: 9,
    symmetric: true,
    keyNorm: 'eman',
    precision: 'half',
  });
});

test.each([
  [[], /--images is missing/],
  [['--images', 'public'], /--out is missing/],
  [['--images', 'no-such-folder', '--out', 'o'], /There is no folder no-such-folder\./],
  [['--images', 'package.json', '--out', 'o'], /package\.json is a file/],
  [['--images', 'public', '--out', 'o', '--width', '17'], /--width is one of 16, 32, 64, not "17"/],
  [['--images', 'public', '--out', 'o', '--steps', '1.5'], /--steps is a whole number from 1/],
  [['--images', 'public', '--out', 'o', '--batch', ''], /--batch is a whole number/],
  [['--images', 'public', '--out', 'o', '--backend', 'cuda'], /--backend is one of webgpu, wasm, webgl, cpu/],
  [['--images', 'public', '--out', 'o', '--pairs', 'none.csv'], /There is no file none\.csv/],
  [['--images', 'public', '--out', 'o', '--stepz', '3'], /Unknown option '--stepz'\. Usage/],
  [['--images', 'public', '--out', 'o', 'stray'], /"stray" belongs to no option/],
])('a mistake is one sentence: %j', (args, words) => {
  expect(() => trainOptions(args)).toThrow(
    expect.objectContaining({ name: 'Complaint', message: expect.stringMatching(words) }),
  );
});

test('an empty folder is one sentence', () => {
  expect(() => trainOptions(['--images', join(folder, 'empty'), '--out', 'o'])).toThrow(/holds no files/);
});

test('pairs that are no pairs are refused before anything is trained', () => {
  expect(() => given('--pairs', join(folder, 'others.csv'))).toThrow(/others\.csv has no column file_a\./);
});
