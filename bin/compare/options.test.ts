import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOfPictures } from '../pictures';
import { compareOptions } from './options';

let pictures: ReturnType<typeof folderOfPictures>;

beforeAll(() => {
  pictures = folderOfPictures(2, { classes: 1, side: 8 });
  writeFileSync(join(pictures.path, 'labels.csv'), 'file,kind\n');
  writeFileSync(join(pictures.path, 'partners.csv'), 'file_a,file_b\n');
});
afterAll(() => pictures.remove());

const given = (...more: string[]) => compareOptions(['--images', pictures.path, '--out', 'out', ...more]);

test('what is not given: every method but the older MoCo, 300 steps each', () => {
  const { methods, budget, labels, values, sensitivity } = given();
  expect(sensitivity).toBe(false);
  expect(methods).toEqual(['moco-v2', 'simclr', 'triplet', 'ae', 'dae', 'vae']);
  expect(budget).toEqual({ kind: 'steps', amount: 300 });
  expect(labels).toBe(undefined);
  expect(given('--methods', 'pretrained,vae')).toMatchObject({ methods: ['vae'], pretrained: true });
  expect(values).toEqual({});
});

test('the experiment with batches is a plan of its own, by pictures seen', () => {
  const { planned, budget, experiment, methods } = given('--experiment', 'batches');
  expect(experiment).toBe('batches');
  expect(methods).toEqual(['simclr', 'moco-v2']);
  expect(planned.map(({ preset, batch }) => `${preset} ${batch}`)).toEqual([
    ...[8, 16, 32, 64, 128].map((batch) => `simclr ${batch}`),
    'moco-v2 16',
  ]);
  expect(budget).toEqual({ kind: 'images', amount: 38_400 });
  expect(given('--experiment', 'batches', '--seen', '640').budget).toEqual({ kind: 'images', amount: 640 });
  expect(given('--methods', 'ae').planned).toEqual([{ preset: 'ae', start: 'none' }]);
});

test('each method starts from InceptionV3 and from random weights, or from what is named', () => {
  const starts = (...more: string[]) => given('--methods', 'moco-v2,ae', ...more).planned.map(({ start }) => start);
  expect(starts()).toEqual(['inception-v3', 'none', 'none']);
  expect(starts('--width', '32')).toEqual(['none', 'none']);
  expect(starts('--start', 'none')).toEqual(['none', 'none']);
  const file = join(pictures.path, 'labels.csv');
  expect(starts('--start', `mobilenet-v2,${file}`)).toEqual(['mobilenet-v2', { file }, 'mobilenet-v2', { file }]);
});

test('every option is read', () => {
  const labels = join(pictures.path, 'labels.csv');
  const pairs = join(pictures.path, 'partners.csv');
  const options = given(
    ...'--methods ae,moco-v1 --minutes 0.5 --groups kind --batch 8 --queue 16 --side 64 --backend cpu --aug product --sensitivity'.split(
      ' ',
    ),
    ...['--labels', labels, '--pairs', pairs],
  );
  expect(options).toMatchObject({
    methods: ['moco-v1', 'ae'],
    pretrained: false,
    budget: { kind: 'minutes', amount: 0.5 },
    groups: 'kind',
    values: { batch: 8, queue: 16, side: 64, recipe: 'product' },
    sensitivity: true,
    backend: 'cpu',
    labels,
    pairs,
  });
});

test.each([
  [['--methods', 'moco'], /--methods is one of moco-v2, .*, not "moco"/],
  [['--methods', 'ae,ae'], /names ae twice/],
  [['--start', 'none,none'], /--start names none twice/],
  [['--start', 'no.safetensors'], /There is no file no\.safetensors/],
  [['--steps', '5', '--minutes', '1'], /one of --steps, --minutes and --seen/],
  [['--experiment', 'batches', '--batch', '8'], /--experiment batches chooses its own --batch\./],
  [['--experiment', 'magic'], /--experiment is one of batches, not "magic"/],
  [['--minutes', 'soon'], /--minutes is a number above 0, not "soon"/],
  [['--labels', 'none.csv'], /There is no file none\.csv/],
  [['stray'], /"stray" belongs to no option/],
])('a mistake is one sentence: %j', (args, words) => {
  expect(() => given(...args)).toThrow(
    expect.objectContaining({ name: 'Complaint', message: expect.stringMatching(words) }),
  );
});
