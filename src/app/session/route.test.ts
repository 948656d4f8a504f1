import { expect, test } from 'vitest';
import { addressOfComparison, addressOfScreen, comparedAt, SCREENS, screenAt } from './route';

test('every screen has an address that leads back to it; any other address leads to Explore', () => {
  expect(SCREENS.map((screen) => screenAt(addressOfScreen(screen)))).toEqual(SCREENS);
  expect(['', '#', '#/', '#/nowhere', '#main'].map(screenAt)).toEqual(Array(5).fill('explore'));
});

test('a comparison has an address that names its encoders; one cut anywhere names some or none', () => {
  const compared = ['untrained', 'pretrained inception-v3', 'pretrained 100 %, a&b.safetensors'];
  const address = addressOfComparison(compared);
  expect([screenAt(address), comparedAt(address)]).toEqual(['compare', compared]);
  expect([comparedAt('#/compare'), comparedAt('#/models?of=untrained'), comparedAt('#/compare?of=%')]).toEqual([
    [],
    [],
    ['%'],
  ]);
});
