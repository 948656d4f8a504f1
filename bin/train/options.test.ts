import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settle } from '../../src/app/session/settings';
import { birds } from '../../src/page/fakeParts.testing';
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

test('what is not given is what the page chooses for the same pictures', () => {
  const { values, start, backend, name, pairs } = given();
  expect({ values, start, backend, name }).toEqual({ values: {}, start: undefined, backend: undefined, name: 'cats' });
  expect(pairs).toBe(join(folder, 'cats/pairs.csv'));
  const device = { imagesPerSecond: 500, keepsHalf: false };
  for (const count of [40, 326, 5000]) {
    const pictures = { ...birds, count };
    expect(settle(pictures, device, values)).toEqual(settle(pictures, device, {}));
    // An option sets one value, as a user would: the others follow it, or stay.
    const byHand = settle(pictures, device, { preset: 'simclr', start: null, batch: 8 });
    expect(settle(pictures, device, given(...'--preset simclr --start none --batch 8'.split(' ')).values)).toEqual(
      byHand,
    );
  }
});

test('frozen layers are a number, or the name of the last', () => {
  const frozen = (...args: string[]) => given(...args).values.frozen;
  expect(frozen('--start', 'mobilenet-v2', '--freeze', 'block_9')).toBe(4);
  expect(frozen('--freeze', 'mixed3')).toBe(5);
  expect(frozen('--start', 'none', '--freeze', '2')).toBe(2);
  expect(() => frozen('--start', 'none', '--freeze', 'mixed3')).toThrow(/--freeze is a whole number/);
});

test('every option is read', () => {
  const { values, backend } = given(
    ...'--preset moco-v1 --backbone resnet18 --width 64 --side 48 --batch 16 --queue 64 --steps 5 --seed 9'.split(' '),
    ...'--backend cpu --aug product --symmetric --key-norm eman --precision half --views 4 --neighbours 5'.split(' '),
  );
  expect({ backend, ...values }).toEqual({
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
    views: 4,
    neighbours: 5,
    symmetric: true,
    keyNorm: 'eman',
    precision: 'half',
  });
});

test('a folder behind a link keeps the name it was given by', () => {
  symlinkSync(join(folder, 'cats'), join(folder, 'felines'));
  expect(trainOptions(['--images', join(folder, 'felines'), '--out', 'out'])).toMatchObject({
    images: realpathSync(join(folder, 'cats')),
    name: 'felines',
  });
});

test('help says every option and what it is for, and nothing else happens', () => {
  const asked = expect.objectContaining({ name: 'Help', message: expect.stringMatching(/--queue N +keys in MoCo/) });
  expect(() => trainOptions(['--help'])).toThrow(asked);
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
  [
    ['--images', 'public', '--out', 'o', '--stepz', '3'],
    /^Unknown option '--stepz'; `npm run train -- --help` lists the options\.$/,
  ],
  [
    ['--images', 'public', '--out', 'o', '--start', 'inception-v3', '--width', '32'],
    /--width is for random weights; --start inception-v3 has its own/,
  ],
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
