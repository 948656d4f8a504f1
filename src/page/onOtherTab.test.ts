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

it('a collection that was deleted and comes back out of its back-up is worked on again, in every tab', async () => {
  const fish = { ...birds, id: 'fish', createdAt: 0 };
  const database = stored({ datasets: [birds, fish] });
  const locks = new FakeLocks();
  const tabs = [await opened(database, locks), await opened(database, locks)];
  const [one] = tabs;
  const given = (tab: typeof one) =>
    tab.trainer.sent.flatMap((message) => (message.type === 'forget' ? [`${message.dataset} ${message.kept}`] : []));
  const deleting = one.actions.deleteDataset('birds');
  await settle();
  database.datasets = [fish];
  await one.importer.answer('delete', undefined);
  await deleting;
  const opening = one.actions.openBackup(new File([], 'birds.lookalike'));
  database.datasets = [birds, fish];
  await one.importer.answer('restore', birds);
  await opening;
  await settle();
  for (const tab of tabs) expect(given(tab)).toEqual(['birds false', 'birds true']);
  expect(one.parts.store.getState().library.current).toBe('birds');
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

it('what one tab sets aside another one hides, and what the other restores is not set aside again by undo', async () => {
  const database = stored();
  const locks = new FakeLocks();
  const [one, other] = [await opened(database, locks), await opened(database, locks)];
  const rows = (tab: typeof one) => tab.parts.store.getState().browse.rows;
  const answered = async (tab: typeof one, work: Promise<void>, setAside: number[]): Promise<void> => {
    await settle();
    database.datasets = [{ ...birds, setAside }];
    await tab.importer.answer('set-aside', setAside);
    await work;
    await settle();
  };
  await answered(one, one.actions.setAside([3, 5], true), [3, 5]);
  expect(rows(one)).toHaveLength(398);
  expect(rows(other)).toEqual(rows(one));
  await answered(other, other.actions.setAside([3], false), [5]);
  expect(rows(one)).toContain(3);
  await answered(one, one.actions.undo(), []);
  expect(rows(one)).toBe(null);
  expect(rows(other)).toBe(null);
  await answered(one, one.actions.redo(), [3, 5]);
  expect(one.importer.sent.at(-1)).toMatchObject({ type: 'set-aside', rows: [3, 5], aside: true });
  expect(rows(other)).toEqual(rows(one));
});
