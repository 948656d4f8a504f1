import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeNpy } from '../../src/core/formats/npy';
import { pairedRows, partnerMeasures } from './partners';

const folder = mkdtempSync(join(tmpdir(), 'lookalike-partners-'));
afterAll(() => rmSync(folder, { recursive: true }));

const imagesCsv = 'row,path,label,sha256\r\n0,a/1.png,a,x\r\n1,a/2.png,a,y\r\n2,b/1.png,b,z\r\n3,b/2.png,b,w\r\n';

test('pairs become rows whatever the order of the columns; pictures that were refused leave their pair out', () => {
  const pairs = 'name,file_b,file_a\none,b/1.png,a/1.png\ntwo,b/2.png,a/2.png\nthree,b/3.png,a/3.png\n';
  expect(pairedRows(pairs, imagesCsv, 'pairs.csv')).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

test('partner recall, by hand: from a both find theirs, from b one of two', () => {
  // Angles in degrees: a1 0, a2 20; b1 5, b2 9. From a: nearest to 0 is 5, to 20 is 9. From b: both are nearest to a1 (5, 9 < 11).
  const angles = [0, 20, 5, 9].map((degrees) => (degrees * Math.PI) / 180);
  const values = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  const file = join(folder, 'pairs.csv');
  writeFileSync(file, 'file_a,file_b\na/1.png,b/1.png\na/2.png,b/2.png\n');
  const files = { 'images.csv': new TextEncoder().encode(imagesCsv), 'embeddings.npy': writeNpy(values, [4, 2]) };
  expect(partnerMeasures(file, files).map(({ value }) => value)).toEqual([1, 0.5]);
});

test('a file that is no list of pairs is one sentence', () => {
  expect(() => pairedRows('left,right\n1,2\n', imagesCsv, 'pairs.csv')).toThrow('pairs.csv has no column file_a.');
  expect(() => pairedRows('file_a,file_b\n"open\n', imagesCsv, 'pairs.csv')).toThrow(/^pairs\.csv: Not a usable CSV/);
});
