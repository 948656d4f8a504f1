import { expect, it } from 'vitest';
import type { Performance } from '../../core/performance';
import { birds, device, FakeLocks, fakeTab, run } from '../../page/fakeParts.testing';

const costs = (of: string, step: number): Performance => ({
  run: of,
  step,
  bytesHeld: 1e6,
  recorded: null,
});

it('what a step costs is kept for the run on the page, until another is started', async () => {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  const kept = () => tab.parts.store.getState().performance;
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  await tab.actions.start();
  tab.trainer.say({ type: 'run', run: run() });
  expect(kept()).toBeNull();
  tab.trainer.say({ type: 'performance', performance: costs('first', 3) });
  tab.trainer.say({ type: 'performance', performance: costs('another', 4) });
  expect(kept()).toEqual(costs('first', 3));
  tab.trainer.say({ type: 'run', run: run({ status: 'finished', step: 9 }) });
  await tab.trainer.answer('start', undefined);
  expect(kept()).toEqual(costs('first', 3));
  await tab.actions.start();
  expect(kept()).toBeNull();
});
