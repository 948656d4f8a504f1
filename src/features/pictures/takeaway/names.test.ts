import { expect, test } from 'vitest';
import { freeName, placeOf, thumbnailName } from './names';

test('a picture lies where it lay, or in the folder of its label', () => {
  expect(placeOf('cats/a.jpg')).toBe('cats/a.jpg');
  expect(placeOf('cats/a.jpg', 'dogs')).toBe('dogs/a.jpg');
  expect(placeOf('a.jpg', null)).toBe('no label/a.jpg');
  expect(placeOf('a.jpg', '../up/..')).toBe('-up-/a.jpg');
  expect(placeOf('a.jpg', 'a:b?')).toBe('a-b-/a.jpg');
  expect(placeOf('a.jpg', '..')).toBe('no label/a.jpg');
});

test('no name is given twice, and the kind of file stays', () => {
  const given = new Set(['a/b.tar.jpg', 'a/b.tar (2).jpg', 'a.b/c']);
  const taken = (name: string): boolean => given.has(name);
  expect(freeName('a/b.tar.jpg', taken)).toBe('a/b.tar (3).jpg');
  expect(freeName('a.b/c', taken)).toBe('a.b/c (2)');
  expect(freeName('d.jpg', taken)).toBe('d.jpg');
});

test('a thumbnail says that it is one', () => {
  expect(thumbnailName('x.y/a.jpeg', 'image/webp')).toBe('x.y/a 320px.webp');
  expect(thumbnailName('a', 'image/png')).toBe('a 320px.png');
});
