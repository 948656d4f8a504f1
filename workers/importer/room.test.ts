import { describe, expect, it } from 'vitest';
import { costOf, Room } from './room';

const SMALL = { width: 300, height: 200 };
const MIDDLE = { width: 3000, height: 2000 };
const LARGE = { width: 8000, height: 4000 };

/** What is worked on, in the order it began; `end` ends one. */
function watched(room: Room): {
  begun: string[];
  add: (name: string, size: { width: number; height: number }) => Promise<void>;
  end: (name: string) => void;
} {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (name: string, size: { width: number; height: number }): Promise<void> =>
    room.run(costOf(size), () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  return { begun, add, end: (name) => ends.get(name)?.() };
}

describe("a decoder's room", () => {
  it('holds six small pictures, and the next when one is done', async () => {
    const { begun, add, end } = watched(new Room());
    const works = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => add(String(n), SMALL));
    await Promise.resolve();
    expect(begun.join('')).toBe('012345');
    end('3');
    await works[3];
    expect(begun.join('')).toBe('0123456');
  });

  it('holds two larger ones, and one of many megapixels alone, in the order they came', async () => {
    const { begun, add, end } = watched(new Room());
    const works = [add('a', MIDDLE), add('b', MIDDLE), add('c', MIDDLE), add('L', LARGE), add('d', SMALL)];
    await Promise.resolve();
    expect(begun.join('')).toBe('ab');
    end('a');
    await works[0];
    expect(begun.join('')).toBe('abc');
    for (const name of ['b', 'c']) end(name);
    await Promise.all([works[1], works[2]]);
    expect(begun.join('')).toBe('abcL');
    end('L');
    await works[3];
    expect(begun.join('')).toBe('abcLd');
  });

  it('is given back by work that fails', async () => {
    const room = new Room();
    const failing = room.run(6, () => Promise.reject(new Error('lost')));
    await expect(failing).rejects.toThrow('lost');
    expect(await room.run(6, async () => 'done')).toBe('done');
  });
});
