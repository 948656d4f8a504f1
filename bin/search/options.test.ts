import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchOptions } from './options';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lookalike-search-'));
  for (const path of ['set/cats', 'run', 'empty run', 'old run']) mkdirSync(join(folder, path), { recursive: true });
  for (const file of [
    'set/cats/one.png',
    'set/..two.png',
    'other.png',
    'run/model.safetensors',
    'old run/model.safetensors',
  ])
    writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'run/report.json'), JSON.stringify({ config: { side: 48 } }));
  writeFileSync(join(folder, 'old run/report.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (path: string): string => join(folder, path);
const given = (...more: string[]) => searchOptions(['--images', at('set'), '--out', 'o', ...more]);

test('several queries follow one option; those that lie in the folder are known by their path in it', () => {
  const { queries, top, encoder, name } = given(
    '--query',
    at('set/cats/one.png'),
    at('other.png'),
    at('set/..two.png'),
  );
  expect(queries.map(({ inside }) => inside)).toEqual(['cats/one.png', null, '..two.png']);
  expect({ top, encoder, name }).toEqual({ top: 20, encoder: { network: 'inception-v3' }, name: 'set' });
  const one = given('--query', at('other.png'), '--unlike', at('set/..two.png'), at('other.png'), '--together');
  expect(one.unlike.map(({ inside }) => inside)).toEqual(['..two.png', null]);
  expect([one.queries.length, one.together, one.region]).toEqual([1, true, null]);
  const part = given('--query', at('other.png'), '--region', '.25,0,.5,1');
  expect(part.region).toEqual({ left: 0.25, top: 0, width: 0.5, height: 1 });
});

test('an encoder is a network by name, or a run by its folder, which sees views of its own side', () => {
  const query = ['--query', at('other.png')];
  expect(given(...query, '--encoder', 'mobilenet-v2').encoder).toEqual({ network: 'mobilenet-v2' });
  expect(given(...query, '--encoder', at('run')).encoder).toEqual({ weights: at('run/model.safetensors'), side: 48 });
});

test.each([
  [[], /--query is missing; /],
  [['--query', 'none.png'], /There is no file none\.png to search for\./],
  [['--query', 'set'], /There is no file set/],
  [
    ['--query', 'package.json', '--encoder', 'resnet'],
    /--encoder is one of .*inception-v3.* or a folder .* not "resnet"/,
  ],
  [['--query', 'package.json', '--top', '0'], /--top is a whole number from 1 to/],
  [['--query', 'bin'], /bin is a folder; --query and --unlike take pictures\./],
  [['--query', 'package.json', '--region', '.5,0,.6,1'], /--region is four shares of a picture/],
  [['--query', 'package.json', '--top', '3', 'more'], /"more" belongs to no option/],
])('a mistake is one sentence: %j', (args, words) => {
  expect(() => given(...args)).toThrow(
    expect.objectContaining({ name: 'Complaint', message: expect.stringMatching(words) }),
  );
});

test('a folder that is no run, or whose report says too little, is named', () => {
  const query = ['--query', at('other.png')];
  expect(() => given(...query, '--encoder', at('empty run'))).toThrow(/it lacks model\.safetensors or report\.json/);
  expect(() => given(...query, '--encoder', at('old run'))).toThrow(/does not say at which side/);
});
