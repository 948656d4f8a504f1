import { expect, it } from 'vitest';
import { showDataset } from '../../app/session/showing';
import { choiceKey, testedColumn } from '../../app/session/testedLabels';
import { currentDataset, patch } from '../../app/store/store';
import { birds, FakeLocks, fakeTab } from '../../page/fakeParts.testing';
import { settle } from '../../page/training.testing';

async function opened(memory?: Parameters<typeof fakeTab>[2]) {
  const tab = fakeTab(
    {
      datasets: [
        { ...birds, labels: { owl: 3, duck: 4 } },
        { ...birds, id: 'fish', createdAt: 0 },
      ],
      runs: [],
      histories: {},
    },
    new FakeLocks(),
    memory,
  );
  await tab.actions.openLibrary();
  return tab;
}

it('pictures are chosen one by one, or all from one to another, and given up again', async () => {
  const { actions, parts, evaluator } = await opened();
  const picking = () => parts.store.getState().labels.picking;
  actions.pickPicture(3, false);
  expect(picking()).toBe(null);
  actions.pickPictures(true);
  actions.pickPicture(3, false);
  actions.pickPicture(6, true);
  actions.pickPicture(4, false);
  expect([...(picking() ?? [])].sort()).toEqual([3, 5, 6]);
  const labelled = actions.giveLabel('mine', 'owl');
  expect(picking()).toEqual([]);
  await settle();
  expect(evaluator.sent.at(-1)).toMatchObject({ column: 'mine', rows: [3, 5, 6], labels: ['owl', 'owl', 'owl'] });
  expect(parts.store.getState().labels.busy).toBe(true);
  await evaluator.fail('give-labels', { kind: 'config', message: 'It holds numbers.', advice: '' });
  await labelled;
  expect(parts.store.getState()).toMatchObject({ labels: { busy: false, past: [] }, faults: [{ kind: 'config' }] });
  await actions.giveLabel('mine', 'owl');
  expect(evaluator.sent.filter(({ type }) => type === 'give-labels')).toHaveLength(1);
});

it('edits are undone, the newest first, and done again until another one is made', async () => {
  const { actions, parts, evaluator, importer } = await opened();
  const state = () => parts.store.getState();
  const mine = (...values: (string | null)[]) => [{ kind: 'class' as const, name: 'mine', values }];
  const relabelled = async (edit: Promise<void>, sent: (string | null)[], ...values: (string | null)[]) => {
    await settle();
    expect(evaluator.sent.at(-1)).toMatchObject({ type: 'give-labels', rows: [1, 2], labels: sent });
    await evaluator.answer('give-labels', { columns: mine(...values) });
    await edit;
  };
  patch(parts.store, 'labels', { columns: mine('owl', 'owl', null), into: 'mine' });
  await relabelled(actions.giveLabel('mine', 'duck', [1, 2]), ['duck', 'duck'], 'owl', 'duck', 'duck');
  await relabelled(actions.renameClass('mine', 'duck', 'owl'), ['owl', 'owl'], 'owl', 'owl', 'owl');
  expect(state().note).toBe('“duck” is part of “owl” now');

  const aside = actions.setAside([4, 0]);
  await settle();
  await importer.answer('set-aside', [0, 4]);
  await aside;
  expect(currentDataset(state())?.setAside).toEqual([0, 4]);
  expect(state().browse.rows).not.toContain(4);
  await actions.setAside([4], true); // it is so already
  const back = actions.undo();
  await settle();
  expect(importer.sent.at(-1)).toMatchObject({ type: 'set-aside', rows: [4, 0], aside: false });
  await importer.answer('set-aside', []);
  await back;
  expect(state().browse.rows).toBe(null);

  await relabelled(actions.undo(), ['duck', 'duck'], 'owl', 'duck', 'duck');
  await relabelled(actions.undo(), ['owl', null], 'owl', 'owl', null);
  await relabelled(actions.redo(), ['duck', 'duck'], 'owl', 'duck', 'duck');
  await relabelled(actions.labelByKey(1, [1, 2]), ['duck', 'duck'], 'owl', 'duck', 'duck');
  expect(state().labels).toMatchObject({ past: [{ words: '2 pictures labelled “duck”' }, {}], future: [] });
  await actions.redo();
  await actions.labelByKey(3, [1]);
  expect(state().note).toContain('has no class 3 yet');
});

it('labels to test by follow what there is, and are remembered for the next visit', async () => {
  const { actions, parts, evaluator } = await opened();
  expect(testedColumn(parts.store.getState())).toBe('folder');
  const columns = [{ kind: 'class' as const, name: 'mine', values: ['owl'] }];
  actions.takeLabels(new File([], 'mine.csv'));
  await evaluator.answer('take-labels', { columns, message: 'Done.' });
  actions.chooseLabels({ column: 'mine' });
  expect(testedColumn(parts.store.getState())).toBe('mine');
  actions.dropLabels('mine');
  await evaluator.answer('drop-labels', { columns: [], message: 'Gone.' });
  expect(testedColumn(parts.store.getState())).toBe('folder');
  expect(JSON.parse(parts.memory.getItem(choiceKey('birds')) ?? '')).toEqual({ column: 'mine', groups: null });
});

it('a test ends for whoever waits, also when it is cancelled or the thread dies, which is told', async () => {
  const { actions, parts, evaluator, crash } = await opened();
  const tested = actions.runTests(['raw pixels']);
  evaluator.progress('test', { message: 'Testing', progress: 0.5 });
  expect(parts.store.getState().tests.testing).toEqual({ message: 'Testing', progress: 0.5 });
  await evaluator.answer('test', undefined);
  await tested;
  expect(parts.store.getState().tests).toMatchObject({ testing: null, version: 1 });
  const cancelled = actions.runTests(['raw pixels']);
  actions.cancelTests();
  await cancelled;
  expect(parts.store.getState()).toMatchObject({ tests: { testing: null, version: 2 }, faults: [] });
  const outcome = actions.outcome('folder', 'raw pixels');
  const again = actions.runTests(['raw pixels']);
  crash('evaluator', 'out of memory');
  await expect(outcome).rejects.toMatchObject({ message: expect.stringContaining('out of memory') });
  await again;
  expect(parts.store.getState().faults).toHaveLength(1);
});

it('an edit, an undo and a redo end with the collection they are of', async () => {
  const { actions, parts, evaluator } = await opened();
  const labels = () => parts.store.getState().labels;
  const answer = async (work: Promise<void>): Promise<void> => {
    await settle();
    await evaluator.answer('give-labels', { columns: [] });
    await work;
  };
  await answer(actions.giveLabel('mine', 'owl', [1]));
  const undone = actions.undo();
  await settle();
  const queued = actions.giveLabel('mine', 'owl', [2]);
  await showDataset(parts, 'fish');
  await answer(undone);
  await queued;
  expect(labels()).toMatchObject({ past: [], future: [] });
  expect(evaluator.sent.filter(({ type }) => type === 'give-labels')).toHaveLength(2);
});

it('tests by several columns come one after the other, and are cancelled together', async () => {
  const { actions, parts, evaluator } = await opened();
  const sent = () => evaluator.sent.flatMap((message) => (message.type === 'test' ? [message.column] : []));
  const testing = () => parts.store.getState().tests.testing;
  const tested = actions.runTests(['raw pixels'], ['folder', 'mine']);
  await evaluator.answer('test', undefined);
  expect(sent()).toEqual(['folder', 'mine']);
  evaluator.progress('test', { message: 'Testing', progress: 0.5 });
  expect(testing()).toEqual({ message: 'Testing', progress: 0.75 });
  await evaluator.answer('test', undefined);
  await tested;
  expect(testing()).toBe(null);
  const cancelled = actions.runTests(['raw pixels'], ['folder', 'mine']);
  actions.cancelTests();
  await cancelled;
  expect(sent()).toEqual(['folder', 'mine', 'folder']);
});
