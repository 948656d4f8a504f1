import { expect, it } from 'vitest';
import { choiceKey, testedColumn } from '../../app/session/testedLabels';
import { birds, FakeLocks, fakeTab } from '../../page/fakeParts.testing';

async function opened(memory?: Parameters<typeof fakeTab>[2]) {
  const tab = fakeTab(
    { datasets: [{ ...birds, labels: { owl: 3, duck: 4 } }], runs: [], histories: {} },
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
  actions.giveLabel('mine', 'owl');
  expect(evaluator.sent.at(-1)).toMatchObject({ type: 'give-label', dataset: 'birds', column: 'mine', label: 'owl' });
  expect(picking()).toEqual([]);
  actions.giveLabel('mine', 'owl');
  expect(evaluator.sent.filter(({ type }) => type === 'give-label')).toHaveLength(1);
  expect(parts.store.getState().labels.busy).toBe(true);
  await evaluator.fail('give-label', { kind: 'config', message: 'It holds numbers.', advice: '' });
  expect(parts.store.getState()).toMatchObject({ labels: { busy: false }, faults: [{ kind: 'config' }] });
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
