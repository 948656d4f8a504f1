import { expect, it } from 'vitest';
import { birds, FakeLocks, run } from './fakeParts.testing';
import { opened, settle, stored, training } from './training.testing';

it('a tab shows what another one has changed', async () => {
  const fish = { ...birds, id: 'fish', name: 'Fish', createdAt: 0 };
  const database = stored({ datasets: [birds, fish] });
  const locks = new FakeLocks();
  const [one, other] = [await opened(database, locks), await opened(database, locks)];
  const library = () => other.parts.store.getState().library;

  one.actions.renameDataset('birds', 'Gulls');
  database.datasets = [{ ...birds, name: 'Gulls' }, fish];
  await one.importer.answer('change', undefined);
  expect(library()).toMatchObject({ current: 'birds', datasets: [{ name: 'Gulls' }, { name: 'Fish' }] });

  other.parts.reads.labels = async () => [{ kind: 'class', name: 'kind', values: ['a'] }];
  const labelled = one.actions.giveLabel('kind', 'a', [0]);
  await settle();
  await one.evaluator.answer('give-labels', { columns: [] });
  await labelled;
  expect(other.parts.store.getState().labels.columns).toMatchObject([{ name: 'kind' }]);

  database.runs = [run({ status: 'finished' })];
  one.trainer.say({ type: 'run', run: database.runs[0] });
  await settle();
  expect(training(other).run).toEqual(database.runs[0]);

  const deleting = one.actions.deleteDataset('birds');
  await settle();
  database.datasets = [fish];
  await one.importer.answer('delete', undefined);
  await deleting;
  await settle();
  expect(library()).toMatchObject({ current: 'fish', datasets: [fish] });
  expect(other.trainer.sent).toContainEqual({ type: 'forget', dataset: 'birds', kept: false });
  expect(other.parts.store.getState().note).toBe('“Gulls” was deleted in another tab.');
});

it('a data set that another tab works on is refused to be deleted, and stays as it was', async () => {
  const tab = await opened();
  const deleting = tab.actions.deleteDataset('birds');
  await settle();
  await tab.importer.fail('delete', { kind: 'busy', message: 'Another tab trains on it.', advice: 'Wait.' });
  await deleting;
  const { library, faults } = tab.parts.store.getState();
  expect(library).toMatchObject({ current: 'birds', datasets: [birds] });
  expect(faults).toMatchObject([{ message: 'Another tab trains on it.' }]);
  expect(tab.trainer.sent.at(-1)).toEqual({ type: 'forget', dataset: 'birds', kept: true });
});
