import { afterEach, expect, it } from 'vitest';
import { freshDatabase, imagesFrom, removeDatabases, someDataset } from '../../src/database/fixtures.testing';
import { putBatch } from '../../src/database/images';
import { sharpnessOf } from './sharpness';

afterEach(removeDatabases);

it('of pictures of one size the stored squares tell the sharper; others are not looked at', async () => {
  const db = await freshDatabase();
  const soft = new Uint8Array(48).fill(128);
  const sharp = soft.map((_, at) => (at % 7 < 3 ? 0 : 255));
  await putBatch(db, someDataset({ count: 4 }), imagesFrom(0, 4), [soft, sharp, sharp, sharp], []);
  const pairs = { first: Int32Array.of(0, 2), second: Int32Array.of(1, 3), similarities: Float32Array.of(0.9, 0.8) };
  const found = await sharpnessOf(db, 'set', pairs, Float64Array.of(9, 9, 4, 9), async () => undefined);
  expect(found[0]).toBeCloseTo(0, 9);
  expect(found[1]).toBeGreaterThan(5);
  expect([...found.subarray(2)]).toEqual([0, 0]);
});
