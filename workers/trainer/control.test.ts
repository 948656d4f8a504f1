import { expect, it } from 'vitest';
import { Control } from './control';

it('goes on with the run that is paused, and with no other', async () => {
  const control = new Control();
  control.run = 'one';
  expect(control.goOn('one')).toBe(false); // it is not paused
  control.pause();
  expect(control.goOn('other')).toBe(false);
  expect(control.pausing).toBe(true);
  const woken = control.next();
  expect(control.goOn('one')).toBe(true);
  await woken;
  expect(control.pausing).toBe(false);
});

it('does not go on with a run that has ended while it was to pause', () => {
  const control = new Control();
  control.run = 'one';
  control.pause();
  control.run = null;
  expect(control.goOn('one')).toBe(false);
});
