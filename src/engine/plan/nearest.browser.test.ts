import { afterAll, describe, expect, test } from 'vitest';
import { Draws } from '../../core/random';
import type { Found } from '../device_search';
import { createNearest, type NearestOptions } from './nearest';

const adapter = await navigator.gpu.requestAdapter();
const device = await (adapter as GPUAdapter).requestDevice();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});
afterAll(() => device.destroy());

/** Small eighths: their products and sums are exact in single precision too, and many rows are equally near. */
function eighths(count: number, dim: number, image: number): Float32Array {
  const draws = new Draws({ seed: 3, purpose: 'sample', image });
  return Float32Array.from({ length: count * dim }, () => (draws.integer(5) - 2) / 8);
}

function unitRows(count: number, dim: number, image: number): Float32Array {
  const draws = new Draws({ seed: 4, purpose: 'sample', image });
  const rows = Float32Array.from({ length: count * dim }, () => draws.normal());
  for (let row = 0; row < count; row++) {
    const own = rows.subarray(row * dim, (row + 1) * dim);
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
    for (let i = 0; i < dim; i++) own[i] /= length;
  }
  return rows;
}

/** The plain loop in double precision. Of equals the row that comes first stays first. */
function plainLoop(bank: Float32Array, dim: number, queries: Float32Array, k: number, exclude?: Int32Array): Found {
  const [count, asked] = [bank.length / dim, queries.length / dim];
  const rows = new Int32Array(asked * k).fill(-1);
  const similarities = new Float32Array(asked * k).fill(-Infinity);
  for (let query = 0; query < asked; query++) {
    const scores = Array.from({ length: count }, (_, row) => {
      let sum = 0;
      for (let i = 0; i < dim; i++) sum += bank[row * dim + i] * queries[query * dim + i];
      return { row, sum };
    });
    const order = scores.filter(({ row }) => row !== exclude?.[query]).sort((a, b) => b.sum - a.sum || a.row - b.row);
    for (const [place, { row, sum }] of order.slice(0, k).entries()) {
      rows[query * k + place] = row;
      similarities[query * k + place] = sum;
    }
  }
  return { rows, similarities };
}

async function found(bank: Float32Array, dim: number, options: NearestOptions, ...asked: Asked): Promise<Found> {
  const nearest = await createNearest(device, bank, dim, options);
  const result = await nearest.find(...asked);
  await nearest.dispose();
  return result;
}
type Asked = [queries: Float32Array, k: number, exclude?: Int32Array];

const CASES = [
  { rows: 7, dim: 3, asked: 2, k: 10 },
  { rows: 301, dim: 13, asked: 1, k: 64 },
  { rows: 301, dim: 13, asked: 19, k: 20 },
  { rows: 997, dim: 66, asked: 70, k: 5 },
  { rows: 4099, dim: 7, asked: 9, k: 50 },
];

describe.each(['direct', 'tiled'] as const)('%s', (variant) => {
  // Up to eight queries are not worth a tile.
  test.each(CASES.filter(({ asked }) => variant === 'direct' || asked > 8))(
    'equals the plain loop to the last bit, ties too: $asked of $rows x $dim, k $k',
    async ({ rows, dim, asked, k }) => {
      const [bank, queries] = [eighths(rows, dim, 1), eighths(asked, dim, 2)];
      expect(await found(bank, dim, { variant }, queries, k)).toEqual(plainLoop(bank, dim, queries, k));
    },
  );

  test('rows in several buffers, the last one smaller, are one bank', async () => {
    const [bank, queries] = [eighths(1003, 9, 1), eighths(17, 9, 2)];
    expect(await found(bank, 9, { variant, chunkRows: 250 }, queries, 20)).toEqual(plainLoop(bank, 9, queries, 20));
  });

  test('a query that is a row does not find itself, but its copies in order', async () => {
    const once = eighths(40, 6, 1);
    const bank = Float32Array.of(...once, ...once, ...once);
    const itself = Int32Array.from({ length: 10 }, (_, i) => (i === 5 ? -1 : 40 + i));
    const queries = bank.slice(40 * 6, 50 * 6);
    const nearest = await found(bank, 6, { variant, chunkRows: 50 }, queries, 120, itself);
    expect(nearest).toEqual(plainLoop(bank, 6, queries, 120, itself));
    expect(nearest.rows[119]).toBe(-1);
    expect(nearest.rows[5 * 120 + 119]).toBeGreaterThanOrEqual(0);
  });

  test('20,000 x 64: the plain loop up to rounding, and the same again', async () => {
    const [bank, queries] = [unitRows(20_000, 64, 1), unitRows(16, 64, 2)];
    const nearest = await createNearest(device, bank, 64, { variant, chunkRows: 12_000 });
    const first = await nearest.find(queries, 50);
    expect(await nearest.find(queries, 50)).toEqual(first);
    await nearest.dispose();
    const plain = plainLoop(bank, 64, queries, 50);
    const furthest = first.similarities.reduce((most, x, i) => Math.max(most, Math.abs(x - plain.similarities[i])), 0);
    expect(furthest).toBeLessThan(3e-7);
    // Rows may change places only where their cosines differ by less than that.
    for (const [i, row] of first.rows.entries()) {
      const query = queries.subarray(Math.floor(i / 50) * 64, (Math.floor(i / 50) + 1) * 64);
      const cosine = query.reduce((sum, x, j) => sum + x * bank[row * 64 + j], 0);
      if (row !== plain.rows[i]) expect(Math.abs(cosine - plain.similarities[i])).toBeLessThan(3e-7);
    }
  });
});

test("a NaN is nobody's neighbour", async () => {
  const bank = Float32Array.of(1, 0, Number.NaN, 0, 0, 1);
  const { rows } = await found(bank, 2, {}, Float32Array.of(1, 0), 3);
  expect([...rows]).toEqual([0, 2, -1]);
});

test('holds its rows once, and nothing it could not use is taken', async () => {
  const nearest = await createNearest(device, eighths(64, 5, 1), 5);
  expect(nearest.bytesHeld()).toBe(64 * 8 * 4);
  await nearest.dispose();
  expect(nearest.bytesHeld()).toBe(0);
  await expect(createNearest(device, new Float32Array(7), 2)).rejects.toThrow('rows of 2');
  await expect(nearest.find(new Float32Array(5), 0)).rejects.toThrow('k = 0');
});
