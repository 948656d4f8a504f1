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

test('what is not given has the published defaults; batch and queue stay open to the page', () => {
  const { values, preset, recipe, backend, most, name, pairs } = given();
  expect(values).toEqual({
    backbone: 'resnet8',
    width: 16,
    side: 32,
    steps: 300,
    seed: 0,
    symmetric: false,
    keyNorm: 'shuffle',
    precision: 'full',
  });
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
