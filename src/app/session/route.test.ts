import { expect, test } from 'vitest';
import { addressOfScreen, SCREENS, screenAt } from './route';

test('every screen has an address that leads back to it; any other address leads to Explore', () => {
  expect(SCREENS.map((screen) => screenAt(addressOfScreen(screen)))).toEqual(SCREENS);
  expect(['', '#', '#/', '#/nowhere', '#main'].map(screenAt)).toEqual(Array(5).fill('explore'));
});
