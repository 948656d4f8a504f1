import { expect, it } from 'vitest';
import { patch } from '../../app/store/store';
import { birds, device, FakeLocks, type FakeTab, fakeTab, run } from '../../page/fakeParts.testing';
import type { Requests } from '../../protocol/call';
import type { TrainerCalls } from '../../protocol/training';

const stored = () => ({ datasets: [birds], runs: [], histories: {} });

async function opened(
  memory?: Parameters<typeof fakeTab>[2],
  into: Parameters<typeof fakeTab>[0] = stored(),
): Promise<FakeTab> {
  const tab = fakeTab(into, new FakeLocks(), memory);
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  tab.trainer.say({ type: 'phase', phase: 'idle', message: '' });
  return tab;
}

const started = ({ trainer }: FakeTab) => trainer.sent.filter((message) => message.type === 'start');
/** Lets what waits for promises go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

type Start = Extract<Requests<TrainerCalls>, { type: 'start' }>;

/** The trainer begins the run that was asked for last, and ends it. */
async function trained(tab: FakeTab, id: string, status: 'finished' | 'failed' = 'finished'): Promise<void> {
  const { config } = started(tab).at(-1) as Start;
  tab.trainer.say({ type: 'run', run: run({ id, config }) });
  await settle();
  tab.trainer.say({ type: 'run', run: run({ id, config, status, reason: 'It diverged.', step: 9 }) });
  await tab.trainer.answer('start', undefined);
}

it('methods follow each other with the same steps and settings, also after one that failed', async () => {
  const tab = await opened();
  tab.actions.configure({ batch: 8 });
  const all = tab.actions.runAll([{ preset: 'moco-v2' }, { preset: 'ae' }], { kind: 'steps', amount: 9 });
  await settle();
  await trained(tab, 'one', 'failed');
  await trained(tab, 'two');
  await all;
  const configs = started(tab).map((message) => (message as Start).config);
  expect(configs.map(({ preset, steps, batch }) => [preset, steps, batch])).toEqual([
    ['moco-v2', 9, 8],
    ['ae', 9, 8],
  ]);
  expect(tab.parts.store.getState().plan?.done).toEqual([
    { preset: 'moco-v2', reason: 'It diverged.' },
    { preset: 'ae', reason: null },
  ]);
});

it('what was set for another start does not count for a method that starts from something else', async () => {
  const tab = await opened();
  tab.actions.configure({ backbone: 'resnet18', width: 32, batch: 8 });
  const start = { bundled: 'inception-v3' } as const;
  const planned = [
    { preset: 'moco-v2', start },
    { preset: 'moco-v2', start: null },
  ] as const;
  const all = tab.actions.runAll(planned, { kind: 'steps', amount: 9 });
  for (const id of ['one', 'two']) {
    await settle();
    await trained(tab, id);
  }
  await all;
  const configs = started(tab).map((message) => (message as Start).config);
  expect(configs[0]).toMatchObject({ start, backbone: 'inception-v3', batch: 8, steps: 9 });
  expect(configs[1]).toMatchObject({ start: null, backbone: 'resnet18', width: 32, batch: 8, steps: 9 });
});

it('a batch of its own belongs to one method alone, and all see as many pictures', async () => {
  const tab = await opened();
  tab.actions.configure({ batch: 16 });
  const planned = [{ preset: 'simclr', batch: 8 }, { preset: 'simclr', batch: 32 }, { preset: 'moco-v2' }] as const;
  const all = tab.actions.runAll(planned, { kind: 'images', amount: 320 });
  for (const id of ['one', 'two', 'three']) {
    await settle();
    await trained(tab, id);
  }
  await all;
  const configs = started(tab).map((message) => (message as Start).config);
  expect(configs.map(({ preset, batch, steps }) => [preset, batch, steps])).toEqual([
    ['simclr', 8, 40],
    ['simclr', 32, 10],
    ['moco-v2', 16, 20],
  ]);
  // The rate follows the batch.
  expect(configs[1].learningRate / configs[0].learningRate).toBeCloseTo(4, 12);
});

it('each batch that is too large is said to be so', async () => {
  const tab = await opened();
  const planned = [128, 256].map((batch) => ({ preset: 'simclr' as const, batch }));
  await tab.actions.runAll(planned, { kind: 'images', amount: 320 });
  const reasons = tab.parts.store.getState().plan?.done.map(({ reason }) => reason) ?? [];
  expect(reasons).toHaveLength(2);
  for (const reason of reasons) expect(reason).toContain('At most a quarter of the 400 pictures: 100.');
});

it('what cannot be begun for a while waits, with all that come after it', async () => {
  const tab = await opened();
  const progress = { dataset: 'fish', found: 9, walked: false, taken: 4, duplicates: 0, refused: 0, rate: 3 };
  const planned = [{ preset: 'moco-v2' }, { preset: 'ae' }] as const;
  patch(tab.parts.store, 'library', { importing: progress });
  await tab.actions.runAll(planned, { kind: 'steps', amount: 9 });
  const { plan, planGoing, faults } = tab.parts.store.getState();
  expect({ left: plan?.left, done: plan?.done, planGoing }).toEqual({ left: planned, done: [], planGoing: false });
  expect(faults.map(({ message }) => message)).toEqual(['Pictures are still being imported.']);
  patch(tab.parts.store, 'library', { importing: null });
  const all = tab.actions.goOn();
  for (const id of ['one', 'two']) {
    await settle();
    await trained(tab, id);
  }
  await all;
  expect(tab.parts.store.getState().plan?.left).toEqual([]);
});

it('a plan that is put away leaves a run that was started by hand', async () => {
  const tab = await opened();
  const all = tab.actions.runAll([{ preset: 'moco-v2' }], { kind: 'steps', amount: 9 });
  await settle();
  await trained(tab, 'one');
  await all;
  await tab.actions.start();
  tab.trainer.say({ type: 'run', run: run({ id: 'by hand', createdAt: Date.now() }) });
  tab.actions.cancelAll();
  expect(tab.parts.store.getState().plan).toBe(null);
  expect(tab.trainer.sent.some(({ type }) => type === 'stop')).toBe(false);
});

it('minutes are counted in training, and end in a cool-down', async () => {
  const tab = await opened();
  void tab.actions.runAll([{ preset: 'simclr' }], { kind: 'minutes', amount: 1 });
  await settle();
  const { config } = started(tab)[0] as Start;
  expect(config.steps).toBe(null);
  tab.trainer.say({ type: 'run', run: run({ id: 'one', config }) });
  await settle();
  const cooled = () => tab.trainer.sent.filter(({ type }) => type === 'cool-down').length;
  /** Each step takes a second. */
  const step = (number: number) => ({ step: number, loss: 1, learningRate: 0.1, imagesPerSecond: config.batch });
  const steps = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => step(from + i));
  tab.trainer.say({ type: 'steps', run: 'one', reports: steps(1, 50) });
  expect(cooled()).toBe(0);
  tab.trainer.say({ type: 'steps', run: 'one', reports: steps(51, 55) });
  expect(cooled()).toBe(1);
});

it('a reload takes up the run under way, then the methods that are left', async () => {
  const first = await opened();
  void first.actions.runAll([{ preset: 'moco-v2' }, { preset: 'ae' }], { kind: 'steps', amount: 9 });
  await settle();
  const { config } = started(first)[0] as Start;
  first.trainer.say({ type: 'run', run: run({ id: 'one', config }) });
  await settle();

  const cutOff = run({ id: 'one', config, step: 4 });
  const tab = await opened(first.parts.memory, { ...stored(), runs: [cutOff] });
  await settle();
  expect(tab.trainer.sent.at(-1)).toEqual({ type: 'resume', run: 'one' });
  tab.trainer.say({ type: 'run', run: cutOff });
  await settle();
  tab.trainer.say({ type: 'run', run: { ...cutOff, status: 'finished' } });
  await tab.trainer.answer('resume', undefined);
  expect((started(tab).at(-1) as Start).config.preset).toBe('ae');
  expect(tab.parts.store.getState().plan?.left).toEqual([{ preset: 'ae' }]);
});

it('what a killed browser forgot of a plan is not trained again', async () => {
  const first = await opened();
  void first.actions.runAll([{ preset: 'moco-v2' }, { preset: 'ae' }, { preset: 'vae' }], { kind: 'steps', amount: 9 });
  await settle();
  // From here on nothing of what the page keeps arrives.
  const kept = first.parts.memory.getItem('lookalike.plan') as string;
  await trained(first, 'one');
  const { config } = started(first)[0] as Start;
  const other = (started(first)[1] as Start).config;
  first.parts.memory.setItem('lookalike.plan', kept);

  const createdAt = Date.now();
  const runs = [
    run({ id: 'two', config: other, step: 4, createdAt }),
    run({ id: 'one', config, status: 'finished', createdAt }),
  ];
  const tab = await opened(first.parts.memory, { ...stored(), runs });
  await settle();
  expect(tab.parts.store.getState().plan?.done).toEqual([{ preset: 'moco-v2', reason: null }]);
  expect(tab.trainer.sent.at(-1)).toEqual({ type: 'resume', run: 'two' });
  expect(started(tab)).toHaveLength(0);
});

it('a run from before the plan, or of another budget, is none of its own', async () => {
  const first = await opened();
  void first.actions.runAll([{ preset: 'moco-v2' }], { kind: 'steps', amount: 9 });
  await settle();
  const { config } = started(first)[0] as Start;
  const runs = [
    run({ id: 'before', config, status: 'finished', createdAt: 1 }),
    run({ id: 'longer', config: { ...config, steps: 90 }, status: 'finished', createdAt: Date.now() }),
  ];
  const tab = await opened(first.parts.memory, { ...stored(), runs });
  await settle();
  expect((started(tab).at(-1) as Start).config).toMatchObject({ preset: 'moco-v2', steps: 9 });
});

it('what is given up is not begun, and the run under way is stopped', async () => {
  const tab = await opened();
  const all = tab.actions.runAll([{ preset: 'moco-v2' }, { preset: 'ae' }], { kind: 'steps', amount: 9 });
  await settle();
  const { config } = started(tab)[0] as Start;
  tab.trainer.say({ type: 'run', run: run({ id: 'one', config }) });
  await settle();
  tab.actions.cancelAll();
  expect(tab.trainer.sent.at(-1)).toEqual({ type: 'stop' });
  tab.trainer.say({ type: 'run', run: run({ id: 'one', config, status: 'stopped' }) });
  tab.trainer.say({ type: 'phase', phase: 'idle', message: '' });
  await all;
  expect(started(tab)).toHaveLength(1);
  expect(tab.parts.store.getState().plan).toBe(null);
});
