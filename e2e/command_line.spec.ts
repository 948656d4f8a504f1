import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bin/build';
import { folderOfPictures, picture } from '../bin/pictures';
import { readNpy } from '../bin/read_npy';
import { chooseDefaults } from '../src/core/defaults';
import { readCsv } from '../src/core/formats/csv';
import { expect, test } from './app';

const FILES = [
  'report.json',
  'loss.csv',
  'embeddings.npy',
  'embeddings.parquet',
  'embeddings.csv',
  'embeddings.json',
  'images.csv',
  'model.safetensors',
  'model.onnx',
  'README.md',
  'neighbours.png',
  'page.png',
];

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of bin/; `watch` sees each piece of its stderr and may send a signal. */
function command(
  args: string[],
  watch: (said: string, interrupt: () => void) => void = () => undefined,
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, 'bin/run.mjs'), ...args], { cwd: root });
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    outcome.stdout += data;
  });
  child.stderr.on('data', (data) => {
    outcome.stderr += data;
    watch(outcome.stderr, () => child.kill('SIGINT'));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...outcome, status }));
  });
}

let pictures: ReturnType<typeof folderOfPictures>;
let out: string;

test.beforeEach(() => {
  pictures = folderOfPictures(40, { classes: 2 });
  out = mkdtempSync(join(tmpdir(), 'lookalike-out-'));
});
test.afterEach(() => {
  pictures.remove();
  rmSync(out, { recursive: true });
});

test('train writes everything about a run', async () => {
  writeFileSync(join(pictures.path, 'class 0/broken.png'), 'no picture');
  writeFileSync(
    join(pictures.path, 'pairs.csv'),
    'file_a,file_b\nclass 0/00000.png,class 1/00001.png\nclass 0/00000.png,class 1/00003.png\n',
  );
  writeFileSync(join(pictures.path, 'notes.csv'), 'date,camera\nMonday,old\n');
  const { status, stdout, stderr } = await command([
    'train',
    '--images',
    pictures.path,
    '--out',
    out,
    '--steps',
    '6',
    '--batch',
    '8',
    '--queue',
    '16',
    '--seed',
    '3',
    '--backend',
    'wasm',
    '--start',
    'none',
    '--embeddings',
    'trained',
  ]);
  // A table of something else is said, and keeps nothing from being done.
  expect(stderr).toContain('Labels not taken in: no picture of this collection is named in it.');
  expect(stderr).toContain('Saved in');
  expect(status).toBe(0);
  expect(FILES.filter((name) => !existsSync(join(out, name)))).toEqual([]);
  // Width and height of the PNG: the whole screen and nothing below it.
  const screen = readFileSync(join(out, 'page.png'));
  expect(screen.readUInt32BE(16)).toBe(1440);
  expect(screen.readUInt32BE(20)).toBeGreaterThan(999);
  expect(screen.readUInt32BE(20)).toBeLessThan(1800);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(report).toMatchObject({
    config: { steps: 6, batch: 8, queue: 16, seed: 3, backbone: 'resnet8', width: 16, side: 32, preset: 'moco-v2' },
    device: { backend: 'wasm' },
    status: 'finished',
    steps: 6,
    pictures: { taken: 40 },
    partners: [{ name: 'partner R@1' }, { name: 'partner R@1' }],
    cost: { imagesSeen: 48, batch: 8, queue: 16, peakMemory: { how: 'planned' } },
  });
  // More than the weights, and less than a gigabyte.
  expect(report.cost.peakMemory.bytes).toBeGreaterThan(1e6);
  expect(report.cost.peakMemory.bytes).toBeLessThan(1e9);
  expect(report.pictures.refused.map(({ path }: { path: string }) => path)).toContain('class 0/broken.png');
  expect(report.baselines.map(({ of }: { of: string }) => of).sort()).toEqual([
    'colour histogram',
    'raw pixels',
    'untrained encoder',
  ]);
  const names = report.encoders.map(({ name }: { name: string }) => name);
  expect(names).toEqual([
    ...['raw pixels', 'colour histogram', 'untrained'],
    ...['inception-v3', 'mobilenet-v2', 'trained'].flatMap((name) => [name, `${name} refined`]),
  ]);
  for (const { measures } of report.encoders)
    expect(measures.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['R@1', 'kNN', 'mAP@R', 'partner R@1']),
    );
  expect(names).toContain(report.best);
  expect(stderr).toContain('40 pictures in 2 folders; 1 file left out');
  expect(stdout).toMatch(/^by partner R@1, the best first .*mAP@R +kNN +R@1/);
  expect(stdout).toMatch(/^trained refined +[\d.]+ %.* \([\d.]+ to [\d.]+\)/m);
  expect(stdout).toMatch(
    /^MoCo v2 (finds|makes) .*(InceptionV3|MobileNetV2).*\nMeasured by the given partners of .*: partner R@1 .* both refined\.$/m,
  );
  expect(stdout).toContain(report.verdict.figures);
  const losses = readCsv(readFileSync(join(out, 'loss.csv'), 'utf8'));
  expect(losses.columns).toEqual(['step', 'loss', 'accuracy', 'lr']);
  expect(losses.rows.map(([step]) => step)).toEqual(['1', '2', '3', '4', '5', '6']);
  const { shape, data } = readNpy(readFileSync(join(out, 'embeddings.npy')));
  expect(shape).toEqual([40, 64]);
  expect(data.every(Number.isFinite)).toBe(true);
  const images = readCsv(readFileSync(join(out, 'images.csv'), 'utf8'));
  expect(images.rows[0].slice(0, 3)).toEqual(['0', 'class 0/00000.png', 'class 0']);
  expect(images.rows).toHaveLength(40);
});

test('Ctrl-C saves what there is, of a run with the values that the page chooses', async () => {
  const { status, stderr } = await command(
    ['train', '--images', pictures.path, '--out', out, '--steps', '100000'],
    (said, interrupt) => {
      if (/Step \d+\/100000/.test(said) && !said.includes('Stopping')) interrupt();
    },
  );
  expect(stderr).toContain('Stopping');
  expect(status).toBe(0);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(report.status).toBe('stopped');
  expect(report.steps).toBeLessThan(100_000);
  const facts = { count: 40, medianSide: 48, storedSide: 80, imagesPerSecond: report.device.imagesPerSecond };
  expect(report.config).toEqual({ ...chooseDefaults(facts), steps: 100_000 });
  expect(FILES.filter((name) => !existsSync(join(out, name)))).toEqual([]);
});

test('what cannot be done is one sentence and status 1', async () => {
  const { status, stderr } = await command(['train', '--images', join(out, 'nowhere'), '--out', out]);
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/There is no folder/);
  const help = await command(['train', '--help']);
  expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: npm run train -- --images DIR --out DIR \[options\]\n/);
});

test('search finds the ones like each query, wherever it lies, and refuses what is no picture', async () => {
  const elsewhere = join(out, 'query.png');
  writeFileSync(elsewhere, picture(1000, 1));
  const args = ['search', '--images', pictures.path, '--out', out, '--backend', 'wasm', '--top', '3', '--query'];
  const { status, stderr } = await command([...args, join(pictures.path, 'class 0/00000.png'), elsewhere]);
  expect(stderr).toContain('Saved in');
  expect(status).toBe(0);
  const { columns, rows } = readCsv(readFileSync(join(out, 'results.csv'), 'utf8'));
  expect(columns).toEqual(['query', 'rank', 'path', 'similarity']);
  expect(rows.map(([, rank]) => rank)).toEqual(['1', '2', '3', '1', '2', '3']);
  expect(rows[3][0]).toBe(elsewhere);
  for (const [, , path] of rows) expect(existsSync(join(pictures.path, path))).toBe(true);
  expect(rows.slice(0, 3).map(([, , path]) => path)).not.toContain('class 0/00000.png');
  expect(readFileSync(join(out, 'results.png')).subarray(1, 4).toString()).toBe('PNG');
  // Several examples are one query, less of another one; and a part of a picture is one.
  const class1 = ['1', '5'].map((i) => join(pictures.path, `class 1/0000${i}.png`));
  const together = await command([...args, ...class1, '--together', '--unlike', elsewhere, '--region', '0,0,.5,.5']);
  expect(together.stderr).toContain('Saved in');
  const found = readCsv(readFileSync(join(out, 'results.csv'), 'utf8')).rows;
  expect(new Set(found.map(([query]) => query))).toEqual(new Set([`${class1.join(' + ')} - ${elsewhere}`]));
  for (const [, , path] of found) expect(class1).not.toContain(join(pictures.path, path));
  writeFileSync(elsewhere, 'no picture');
  const refused = await command([...args, elsewhere]);
  expect(refused.status).toBe(1);
  expect(refused.stderr.trim().split('\n').at(-1)).toMatch(/query\.png cannot be searched for: /);
});

test('parity replays the reference’s fixtures, and says which it cannot', async () => {
  const broken = join(out, 'broken.safetensors');
  writeFileSync(broken, 'nothing of the kind');
  const { stdout, status } = await command(['parity', join(root, 'e2e/fixtures/moco-v2.safetensors'), broken]);
  expect(stdout).toMatch(/moco-v2\.safetensors .* ok\n/);
  expect(stdout).toMatch(/broken\.safetensors .*FAIL .*\w+\./);
  expect(status).toBe(1);
});

test('compare trains every method, tests all, and writes a table', async () => {
  const labels = join(out, 'labels.csv');
  const lines = Array.from(
    { length: 40 },
    (_, i) => `class ${i % 2}/${String(i).padStart(5, '0')}.png,${i % 2},${i},all`,
  );
  writeFileSync(labels, `file,side,number,same\n${lines.join('\n')}\n`);
  const { status, stdout, stderr } = await command(
    ['compare', '--images', pictures.path, '--out', out, '--labels', labels, '--methods', 'moco-v2,ae'].concat(
      '--start mobilenet-v2,none --steps 4 --batch 8 --queue 16 --backend wasm'.split(' '),
    ),
  );
  // A column that allows no test is said, and takes nothing with it.
  expect(stderr).toContain('Nothing to tell apart in "same"');
  expect(stderr).toContain('Saved in');
  expect(status).toBe(0);
  const { table, methods } = JSON.parse(readFileSync(join(out, 'compare.json'), 'utf8'));
  expect(methods.map(({ method, folder, steps }: Record<string, unknown>) => [method, folder, steps])).toEqual([
    ['moco-v2', 'moco-v2-mobilenetv2', 4],
    ['moco-v2', 'moco-v2-random-weights', 4],
    ['ae', 'ae-mobilenetv2', 4],
    ['ae', 'ae-random-weights', 4],
  ]);
  const measured = table.columns.map(({ measure, labels: by }: Record<string, string>) => `${measure} ${by ?? ''}`);
  expect(measured).toEqual(expect.arrayContaining(['kNN folder', 'probe R2 number', 'two-view R@1 ']));
  expect(table.rows[0].memory).toMatchObject({ how: 'planned' });
  expect(readFileSync(join(out, 'compare.md'), 'utf8')).toMatch(
    /^Best by mAP@R: .*\n\n\| method \| mAP@R \(folder\) \| kNN \(folder\) \|[\s\S]*\n\| Autoencoder, random weights \|/,
  );
  expect(stdout).toMatch(/^Best by mAP@R: .*\.\n$/);
  expect(existsSync(join(out, 'sensitivity.md'))).toBe(false);
  expect(existsSync(join(out, 'ae-random-weights/embeddings.npy'))).toBe(true);
});
