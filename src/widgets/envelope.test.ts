import { describe, expect, it } from 'vitest';
import { type Column, Envelope } from './envelope';
import { trend } from './trend';

const column = (values: number[], first = 1): Column => ({
  first,
  last: first + values.length - 1,
  rewritten: 0,
  at: (index) => values[index - first],
});

describe('an envelope', () => {
  it('is a short column as it is, without what is not finite', () => {
    const { x, y } = new Envelope(10).read(column([3, Number.NaN, 5]));
    expect([...x]).toEqual([1, 3]);
    expect([...y]).toEqual([3, 5]);
  });

  it('keeps every extreme: no spike is lost, no point invented, and there are few points', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 500));
    values[7_777] = 99;
    values[1_234] = -99;
    const { x, y } = new Envelope(1000).read(column(values));
    expect(x.length).toBeLessThanOrEqual(1000);
    expect(x.length).toBeGreaterThan(400);
    expect(Math.max(...y)).toBe(99);
    expect(Math.min(...y)).toBe(-99);
    for (let i = 0; i < x.length; i++) expect(y[i]).toBe(values[x[i] - 1]);
    for (let i = 1; i < x.length; i++) expect(x[i]).toBeGreaterThan(x[i - 1]);
  });

  it('grown bit by bit is the one drawn at once', () => {
    const values = Array.from({ length: 5_000 }, (_, i) => Math.cos(i * i));
    const growing = new Envelope(300);
    for (let length = 1; length < values.length; length += 77) growing.read(column(values.slice(0, length)));
    expect(growing.read(column(values))).toEqual(new Envelope(300).read(column(values)));
  });

  it('reads each value once, however often it is drawn', () => {
    let reads = 0;
    const counted: Column = { ...column([]), at: () => reads++ };
    const envelope = new Envelope(100);
    for (let last = 1; last <= 1000; last++) envelope.read({ ...counted, last });
    expect(reads).toBe(1000);
  });

  it('begins anew when values were rewritten, and loses what the column has lost', () => {
    const envelope = new Envelope(100);
    envelope.read(column([1, 2, 3, 4]));
    const after = envelope.read({ ...column([7, 8]), rewritten: 1 });
    expect([...after.y]).toEqual([7, 8]);
    const shifted = envelope.read({ ...column([8, 9, 10], 2), rewritten: 1 });
    expect([...shifted.x]).toEqual([2, 3, 4]);
  });
});

describe('a trend', () => {
  it('leaves a straight line alone, ends included', () => {
    const line = Float64Array.from({ length: 200 }, (_, i) => 3 * i + 1);
    for (const [i, value] of trend(line).entries()) expect(value).toBeCloseTo(line[i], 8);
  });

  it('averages noise away', () => {
    const noise = Float64Array.from({ length: 401 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(Math.abs(trend(noise)[200])).toBeLessThan(0.1);
  });
});
