import { expect, test, vi } from 'vitest';
import { run } from '../../page/fakeParts.testing';
import { createLookalikeStore, patch } from '../store/store';
import { noticeEnds } from './endNotice';

// A headless browser shows no notification that could be looked at.
test('the end of a run is told once, where it is wanted, and only while the page is out of sight', async () => {
  const told: string[] = [];
  const seen = { visibilityState: 'hidden' };
  class Told {
    static permission = 'granted';
    constructor(title: string) {
      told.push(title);
    }
  }
  vi.stubGlobal('Notification', Told);
  vi.stubGlobal('document', seen);
  vi.stubGlobal('navigator', {});
  const store = createLookalikeStore();
  noticeEnds(store);
  const end = async () => {
    patch(store, 'training', { run: { ...run(), status: 'running' } });
    patch(store, 'training', { run: { ...run(), status: 'finished' } });
    patch(store, 'training', { run: { ...run(), status: 'finished', step: 9 } });
    await new Promise(setImmediate);
  };
  await end();
  expect(told).toEqual(['Training has ended']);
  seen.visibilityState = 'visible';
  await end();
  seen.visibilityState = 'hidden';
  Told.permission = 'denied';
  await end();
  expect(told).toHaveLength(1);
  vi.unstubAllGlobals();
});
