import { expect, test } from 'vitest';
import { freeName } from './free_name';

test('no name is given twice, and the kind of file stays', () => {
  const given = new Set(['a/b.tar.jpg', 'a/b.tar (2).jpg', 'a.b/c']);
  const taken = (name: string): boolean => given.has(name);
  expect(freeName('a/b.tar.jpg', taken)).toBe('a/b.tar (3).jpg');
  expect(freeName('a.b/c', taken)).toBe('a.b/c (2)');
  expect(freeName('d.jpg', taken)).toBe('d.jpg');
});
