import { expect, test } from 'vitest';
import { placeOf, thumbnailName } from './names';

test('a picture lies where it lay, or in the folder of its label', () => {
  expect(placeOf('cats/a.jpg')).toBe('cats/a.jpg');
  expect(placeOf('cats/a.jpg', 'dogs')).toBe('dogs/a.jpg');
  expect(placeOf('a.jpg', null)).toBe('no label/a.jpg');
  expect(placeOf('a.jpg', '../up/..')).toBe('-up-/a.jpg');
  expect(placeOf('a.jpg', 'a:b?')).toBe('a-b-/a.jpg');
  expect(placeOf('a.jpg', '..')).toBe('no label/a.jpg');
});

test('a thumbnail says that it is one', () => {
  expect(thumbnailName('x.y/a.jpeg', 'image/webp')).toBe('x.y/a 320px.webp');
  expect(thumbnailName('a', 'image/png')).toBe('a 320px.png');
});
