import { describe, expect, test, vi } from 'vitest';
import { Fault, NoRoom } from '../../core/fault';
import { Draws } from '../../core/random';
import { product } from '../products';
import type { Rows } from '../rows';
import { allRows } from '../sample';
import { byLoop } from './neighbour_finder';
import { type OpenBank, onDevice } from './on_device';

function normal(count: number, dim: number): Rows {
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  return { values: Float32Array.from({ length: count * dim }, () => draws.normal()), count, dim };
}

/** A device that multiplies as the loop does, and says so in single precision, some rows at a time. */
function device() {
  const dispose = vi.fn();
  const open: OpenBank = async (unit, batch) => ({
    async products(queries) {
      const own = { values: queries, count: batch, dim: unit.dim };
      const both = { ...unit, values: Float32Array.of(...unit.values, ...own.values), count: unit.count + batch };
      const of = (first: number, count: number) => ({
        ...{ first, count },
        values: Float32Array.from({ length: batch * count }, (_, at) =>
          product(both, unit.count + Math.floor(at / count), first + (at % count)),
        ),
      });
      const middle = Math.ceil(unit.count / 2);
      return [of(0, middle), of(middle, unit.count - middle)];
    },
    dispose,
  });
  return { open, dispose };
}

test.each([
  [150, 7, 5],
  [90, 66, 20],
  [20, 6, 64],
])('of %i rows of %i numbers it finds the %i nearest that the loop finds', async (count, dim, k) => {
  const { open, dispose } = device();
  const rows = normal(count, dim);
  for (const queries of [allRows(count), Int32Array.of(7, 3, 19, 0)]) {
    const found = await onDevice(open, 0).ofRows(rows, queries, k);
    const right = await byLoop.ofRows(rows, queries, k);
    expect(found.rows).toEqual(right.rows);
    expect([...found.similarities]).toEqual([...right.similarities].map(Math.fround));
  }
  expect(dispose).toHaveBeenCalledTimes(2);
});

test('of equals the lower row comes first, and a row does not find itself', async () => {
  const four = normal(4, 6).values;
  const rows = {
    values: Float32Array.from({ length: 100 * 6 }, (_, at) => four[at % four.length]),
    count: 100,
    dim: 6,
  };
  const found = await onDevice(device().open, 0).ofRows(rows, allRows(100), 10);
  expect(found.rows).toEqual((await byLoop.ofRows(rows, allRows(100), 10)).rows);
});

describe('where the device is of no use the loop does it all', () => {
  const rows = normal(60, 5);
  const table = (open: OpenBank, least = 0) => onDevice(open, least).ofRows(rows, allRows(60), 4);

  test.each([new NoRoom('Too much.'), new Fault('device', 'Lost.', '')])('%s', async (fault) => {
    const refuses = () => Promise.reject(fault);
    const dispose = vi.fn();
    expect(await table(refuses)).toEqual(await byLoop.ofRows(rows, allRows(60), 4));
    expect(await table(async () => ({ products: refuses, dispose }))).toEqual(
      await byLoop.ofRows(rows, allRows(60), 4),
    );
    expect(dispose).toHaveBeenCalledOnce();
  });

  test('a search too small for the way there', async () => {
    const open = vi.fn();
    expect(await table(open, 2 ** 27)).toEqual(await byLoop.ofRows(rows, allRows(60), 4));
    expect(open).not.toHaveBeenCalled();
  });

  test('but a bug is no reason', async () => {
    await expect(table(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
