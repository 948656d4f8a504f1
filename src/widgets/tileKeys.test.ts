import { describe, expect, test } from 'vitest';
import { tileAfterKey } from './tileKeys';

// 0 1 2 3
// 4 5 6 7
// 8 9
const grid = { count: 10, columns: 4, page: 2 };

describe('tileAfterKey', () => {
  test('arrows move by one tile and by one row', () => {
    expect(tileAfterKey('ArrowRight', 3, grid)).toBe(4);
    expect(tileAfterKey('ArrowLeft', 4, grid)).toBe(3);
    expect(tileAfterKey('ArrowDown', 1, grid)).toBe(5);
    expect(tileAfterKey('ArrowUp', 9, grid)).toBe(5);
  });

  test('a move into the short last row ends at its end, one past an edge stays', () => {
    expect(tileAfterKey('ArrowDown', 7, grid)).toBe(9);
    expect(tileAfterKey('ArrowDown', 8, grid)).toBe(8);
    expect(tileAfterKey('ArrowUp', 2, grid)).toBe(2);
    expect(tileAfterKey('ArrowLeft', 0, grid)).toBe(0);
    expect(tileAfterKey('ArrowRight', 9, grid)).toBe(9);
  });

  test('pages and ends', () => {
    expect(tileAfterKey('PageDown', 1, grid)).toBe(9);
    expect(tileAfterKey('PageUp', 9, grid)).toBe(1);
    expect(tileAfterKey('Home', 7, grid)).toBe(0);
    expect(tileAfterKey('End', 0, grid)).toBe(9);
  });

  test('every move from every tile stays in the grid, whatever its shape', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
    for (const count of [1, 2, 5, 12])
      for (const columns of [1, 3, 20])
        for (let from = 0; from < count; from++)
          for (const key of keys) {
            const to = tileAfterKey(key, from, { count, columns, page: 3 });
            expect(to).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThan(count);
          }
  });

  test('other keys and empty grids lead nowhere', () => {
    expect(tileAfterKey('a', 3, grid)).toBeNull();
    expect(tileAfterKey('End', 0, { ...grid, count: 0 })).toBeNull();
  });
});
