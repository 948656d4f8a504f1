import { expect, test } from 'vitest';
import { saveEmbeddings } from '../../src/database/embeddings';
import { readPaths } from '../../src/database/images';
import { readTestResults } from '../../src/database/test_results';
import { evaluateEmbedding } from '../../src/evaluate/summary';
import { takeLabels } from '../evaluator/labels';
import { PictureReader } from '../evaluator/pictures';
import { testColumn } from '../evaluator/tests';
import { folderNumbers } from '../trainer/evaluate';
import { imported, importer, picture } from './imports.testing';

const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];
const EACH = 6;

test('folders and columns called like what objects inherit are counted, searched and tested as any other', async () => {
  const ours = await importer();
  const { db } = ours;
  const files = await Promise.all(
    Array.from({ length: NAMES.length * EACH }, async (_, i) => ({
      path: `${NAMES[Math.floor(i / EACH)]}/${i}.png`,
      file: await picture(i),
    })),
  );
  // In two imports: what the first has counted is read again by the second.
  const first = await imported(ours, files.slice(0, 20));
  const { id, count, labels } = await imported(ours, files, first.id);
  expect(Object.entries(labels)).toEqual(NAMES.map((name) => [name, EACH]));

  const numbers = await folderNumbers(db, id);
  expect(numbers).toEqual(Int32Array.from({ length: count }, (_, row) => Math.floor(row / EACH)));
  const dim = NAMES.length;
  const values = Float32Array.from({ length: count * dim }, (_, at) =>
    Number(Math.floor(at / dim / EACH) === at % dim),
  );
  const measured = await evaluateEmbedding({ values, count, dim, labels: numbers });
  expect(measured.find(({ name }) => name === 'kNN')).toMatchObject({ value: 1, queries: count });

  await saveEmbeddings(db, { dataset: id, run: 'untrained', step: 0, count, dim, values, about: 'key' });
  const lines = (await readPaths(db, id)).map(({ path, label }) => `${path},${label}`);
  await takeLabels(db, id, new File([['file,__proto__', ...lines].join('\n')], 'labels.csv'));
  for (const column of ['folder', '__proto__']) {
    const request = { dataset: id, column, groups: null, of: ['untrained encoder'] };
    await testColumn(db, new PictureReader(db), request, new AbortController().signal, () => undefined);
    const [{ classes }] = await readTestResults(db, id, column);
    expect(classes?.names).toEqual(NAMES);
    expect(classes?.predicted).toEqual(classes?.truth);
  }
});
