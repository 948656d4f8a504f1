import { expect, test } from 'vitest';
import { birds, device, FakeLocks, fakeTab, run, type Stored } from '../../page/fakeParts.testing';

const told = () => new Promise((resolve) => setTimeout(resolve));

async function tabOver(stored: Partial<Stored>) {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {}, ...stored }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  await told();
  return tab;
}
const encoders = (tab: Awaited<ReturnType<typeof tabOver>>) => tab.parts.store.getState().encoders;

test('a run that ends waits for the user to decide, and searches only if told to', async () => {
  const ours = run({ status: 'running' });
  const stored: Stored = { datasets: [birds], runs: [], histories: {}, embedded: [{ encoder: 'first', step: 9 }] };
  const tab = await tabOver(stored);
  tab.trainer.say({ type: 'run', run: ours });
  tab.trainer.say({ type: 'run', run: { ...ours, status: 'finished', step: 9 } });
  await told();
  expect(encoders(tab).embedded).toEqual(new Map([['first', 9]]));
  tab.actions.searchWith('first');
  expect(tab.importer.sent).toEqual([
    { type: 'change', dataset: 'birds', values: { undecided: 'first' } },
    { type: 'change', dataset: 'birds', values: { searchWith: 'first', undecided: undefined } },
  ]);
  // Measured once for what there is, and again for another encoder in use.
  const asked = tab.evaluator.sent.filter(({ type }) => type === 'evaluate-search');
  expect(asked.at(-1)).toMatchObject({ dataset: 'birds', view: { refined: true }, beside: 'first' });
  tab.trainer.say({ type: 'embedded', dataset: 'birds', run: 'first', step: 9 });
  await told();
  expect(tab.evaluator.sent.filter(({ type }) => type === 'evaluate-search')).toEqual(asked);
  expect(tab.parts.store.getState().library.datasets[0]).toMatchObject({ searchWith: 'first', undecided: undefined });
});

test('the run under way is not deleted; another one is, and leaves the page', async () => {
  const chosen = { ...birds, searchWith: 'first' };
  const stored: Stored = { datasets: [chosen], runs: [run({ status: 'finished' })], histories: {} };
  const tab = await tabOver(stored);
  expect(tab.parts.store.getState().training.run?.id).toBe('first');
  tab.actions.deleteEncoder('first');
  expect(tab.trainer.sent.at(-1)).toEqual({ type: 'delete-encoder', dataset: 'birds', encoder: 'first' });
  expect(tab.importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { searchWith: undefined } });
  stored.runs.length = 0;
  await tab.trainer.answer('delete-encoder', undefined);
  await told();
  await told();
  expect(tab.parts.store.getState().training.run).toBe(null);
  expect(encoders(tab).runs).toEqual([]);
});
