import { afterEach, describe, expect, test, vi } from 'vitest';
import { Fault, NoRoom } from '../../core/fault';
import { Draws } from '../../core/random';
import { CosineIndex } from '../nearest';
import { product } from '../products';
import { type Rows, unitRows } from '../rows';
import { allRows } from '../sample';
import { byLoop } from './neighbours';
import { onDevice } from './on_device';
import { rounding } from './rounding';

afterEach(() => void vi.restoreAllMocks());

const normal = (count: number, dim: number, seed = 1): Rows => {
  const draws = new Draws({ seed, purpose: 'sample' });
  return { values: Float32Array.from({ length: count * dim }, () => draws.normal()), count, dim };
};

/** Rows about one direction, so close that single precision cannot tell who is nearest. */
function crowd(count: number, dim: number): Rows {
  const { values } = normal(count, dim);
  const noise = Math.sqrt(rounding(dim) / dim) / 2;
  return { values: values.map((value, at) => (at % dim === 0 ? 1 : 0) + noise * value), count, dim };
}

/** How far off the similarity of two rows is, as a share of what rounding may do: -1 to 1. */
type Off = (query: number, row: number, similarity: number) => number;

/** A device of which `off` tells how it rounds, and how often it was opened and given back. */
function device(rows: Rows, off: Off = () => 0) {
  const unit = unitRows(rows);
  // What is told in single precision is itself rounded.
  const most = rounding(rows.dim) - 2 ** -24;
  const log = { opened: 0, disposed: 0 };
  const open = async (values: Float32Array, dim: number) => {
    expect([values, dim]).toEqual([unit.values, rows.dim]);
    log.opened++;
    return {
      find: async (queries: Float32Array, k: number, itself: Int32Array) => {
        expect(queries.length).toBe(itself.length * dim);
        const found = { rows: new Int32Array(itself.length * k), similarities: new Float32Array(itself.length * k) };
        for (const [i, query] of itself.entries()) {
          const seen = [...allRows(rows.count)].flatMap((row) => {
            const exact = product(unit, query, row);
            return row === query ? [] : [{ row, seems: Math.fround(exact + most * off(query, row, exact)) }];
          });
          seen.sort((a, b) => b.seems - a.seems || a.row - b.row);
          found.rows.set(
            Array.from({ length: k }, (_, place) => seen[place]?.row ?? -1),
            i * k,
          );
          found.similarities.set(
            Array.from({ length: k }, (_, place) => seen[place]?.seems ?? -Infinity),
            i * k,
          );
        }
        return found;
      },
      dispose: () => void log.disposed++,
    };
  };
  return { open, log };
}

/** The table by way of a device, and by the loop. */
async function both(rows: Rows, k: number, off?: Off, queries = allRows(rows.count)) {
  const { open, log } = device(rows, off);
  const found = await onDevice(open, 0).ofRows(rows, queries, k);
  expect(log.opened).toBe(1);
  expect(log.disposed).toBe(1);
  return [found, await byLoop.ofRows(rows, queries, k)];
}

const random: Off = (query, row) => new Draws({ seed: 5, purpose: 'sample', step: query, image: row }).uniform(-1, 1);

describe('is the loop to the last bit', () => {
  test.each([
    [200, 7, 5],
    [90, 66, 20],
    [40, 16, 64],
    [2, 3, 1],
  ])('on %i random rows of %i numbers, k %i, however it rounds', async (count, dim, k) => {
    for (const off of [undefined, random]) {
      const [found, right] = await both(normal(count, dim), k, off);
      expect(found).toEqual(right);
    }
  });

  test('for some queries in any order', async () => {
    const [found, right] = await both(normal(120, 9), 8, random, Int32Array.of(77, 3, 119, 0));
    expect(found).toEqual(right);
  });

  test('where rows are equal by the dozen, and more often than there are candidates', async () => {
    const few = normal(4, 6).values;
    const copies = Float32Array.from({ length: 160 * 6 }, (_, at) => few[at % few.length]);
    const [found, right] = await both({ values: copies, count: 160, dim: 6 }, 10, random);
    expect(found).toEqual(right);
    const rounded = { ...normal(150, 4), values: normal(150, 4).values.map(Math.round) };
    const [table, same] = await both(rounded, 12, random);
    expect(table).toEqual(same);
  });

  test('where it hides the very nearest in a crowd', async () => {
    const rows = crowd(150, 8);
    const right = await byLoop.ofRows(rows, allRows(150), 5);
    const wanted = (query: number) => right.rows.subarray(query * 5, query * 5 + 5);
    const [found] = await both(rows, 5, (query, row) => (wanted(query).includes(row) ? -1 : 1));
    expect(found).toEqual(right);
  });
});

test('the loop is asked about queries that are not certain, and about no others', async () => {
  const asked = vi.spyOn(CosineIndex.prototype, 'nearestOfRows');
  const apart = normal(100, 32);
  await onDevice(device(apart, random).open, 0).ofRows(apart, allRows(100), 5);
  expect(asked).not.toHaveBeenCalled();
  // Rows 0 to 29 are one picture, unlike all others: each has more equals than there are candidates.
  const values = apart.values.map((value, at) => value + (at % 32 === 0 ? 3 : 0));
  values[0] = -9;
  for (let row = 1; row < 30; row++) values.copyWithin(row * 32, 0, 32);
  const rows = { ...apart, values };
  await onDevice(device(rows).open, 0).ofRows(rows, allRows(100), 5);
  expect(asked.mock.calls.map(([queries]) => [...queries])).toEqual([Array.from({ length: 30 }, (_, row) => row)]);
});

describe('where the device is of no use the loop does it all', () => {
  const rows = normal(60, 5);
  const right = byLoop.ofRows(rows, allRows(60), 4);
  const table = (open: Parameters<typeof onDevice>[0]) => onDevice(open, 0).ofRows(rows, allRows(60), 4);

  test.each([new NoRoom('Too much.'), new Fault('device', 'Lost.', '')])('%s', async (fault) => {
    const refuses = () => Promise.reject(fault);
    expect(await table(refuses)).toEqual(await right);
    const dispose = vi.fn();
    expect(await table(async () => ({ find: refuses, dispose }))).toEqual(await right);
    expect(dispose).toHaveBeenCalledOnce();
  });

  test.each([
    ['zeros', () => [0, 0]],
    ['a row twice', (seen: Seen[], place: number) => seen[place === 3 ? 2 : place]],
    ['a similarity that is off', (seen: Seen[], place: number) => [seen[place][0], seen[place][1] - 1e-4]],
    ['rows that are not there', (_: Seen[], place: number) => [60 + place, 0.5]],
  ] as const)('it gives %s', async (_, gives) => {
    const { open } = device(rows);
    const lies: typeof open = async (...of) => {
      const bank = await open(...of);
      const find: typeof bank.find = async (queries, k, itself) => {
        const found = await bank.find(queries, k, itself);
        const seen = Array.from(found.rows, (row, at): Seen => [row, found.similarities[at]]);
        for (let at = 0; at < k; at++) [found.rows[at], found.similarities[at]] = gives(seen, at);
        return found;
      };
      return { ...bank, find };
    };
    expect(await table(lies)).toEqual(await right);
  });
  type Seen = [row: number, similarity: number];

  test('numbers that are none', async () => {
    const values = rows.values.with(7, Number.NaN);
    const open = vi.fn();
    const found = await onDevice(open, 0).ofRows({ ...rows, values }, allRows(60), 4);
    expect(found).toEqual(await byLoop.ofRows({ ...rows, values }, allRows(60), 4));
    expect(open).not.toHaveBeenCalled();
  });

  test('a search too small for the way there, one of thousands of neighbours, one row', async () => {
    const open = vi.fn();
    expect(await onDevice(open).ofRows(rows, allRows(60), 4)).toEqual(await right);
    const many = normal(600, 2);
    const all = await onDevice(open, 0).ofRows(many, Int32Array.of(0), 600);
    expect(all.rows[598]).toBeGreaterThan(0);
    expect((await onDevice(open, 0).ofRows(normal(1, 2), allRows(1), 3)).rows).toEqual(Int32Array.of(-1, -1, -1));
    expect(open).not.toHaveBeenCalled();
  });

  test('but a bug is no reason', async () => {
    await expect(table(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
