import { describe, expect, it } from 'vitest';
import { runUnderWay } from '../../app/store/store';
import type { StepReport } from '../../core/records';
import { birds, device, FakeLocks, type FakeTab, fakeTab, run, type Stored } from '../../page/fakeParts.testing';

const stored = (fields: Partial<Stored> = {}): Stored => ({ datasets: [birds], runs: [], histories: {}, ...fields });
const training = (tab: FakeTab) => tab.parts.store.getState().training;
const faults = (tab: FakeTab) => tab.parts.store.getState().faults;
const asked = (tab: FakeTab) => tab.trainer.sent.map(({ type }) => type);
const step = (number: number): StepReport => ({
  step: number,
  loss: 3,
  accuracy: 0,
  learningRate: 0.1,
  featureStd: 1,
  imagesPerSecond: 9,
});
const idle = { type: 'phase', phase: 'idle', message: '' } as const;

async function opened(database = stored(), locks = new FakeLocks()): Promise<FakeTab> {
  const tab = fakeTab(database, locks);
  await tab.actions.openLibrary();
  tab.trainer.say({ type: 'device', device });
  tab.trainer.say(idle);
  return tab;
}

async function started(locks = new FakeLocks()): Promise<FakeTab> {
  const tab = await opened(stored(), locks);
  await tab.actions.start();
  tab.trainer.say({ type: 'run', run: run() });
  tab.trainer.say({ type: 'steps', run: 'first', reports: [step(1), step(2)] });
  return tab;
}

describe('a run', () => {
  it('is asked for with the settings on the page, after the device and the baseline', async () => {
    const tab = await started();
    expect(asked(tab)).toEqual(['prepare', 'embed', 'baseline', 'start']);
    expect(training(tab).lock).toBe('held');
    expect(tab.parts.store.metrics.last).toBe(2);
  });

  it('keeps the lock through the idle words of jobs before it, and gives it back at its own end', async () => {
    const locks = new FakeLocks();
    const tab = await opened(stored(), locks);
    await tab.actions.start();
    tab.trainer.say(idle);
    expect(training(tab).lock).toBe('held');
    tab.trainer.say({ type: 'run', run: run() });
    tab.trainer.say({ type: 'run', run: run({ status: 'finished', step: 9 }) });
    expect(await fakeTab(stored(), locks).parts.lock.take()).toBe(false);
    tab.trainer.say(idle);
    expect(training(tab).lock).toBe('free');
    await new Promise(setImmediate);
    expect(await fakeTab(stored(), locks).parts.lock.take()).toBe(true);
  });

  it('is known by the step that was saved last', async () => {
    const tab = await started();
    expect(training(tab).run?.step).toBe(0);
    tab.trainer.say({ type: 'saved', run: 'first', step: 350, at: 1 });
    expect(training(tab)).toMatchObject({ run: { step: 350 }, saved: { step: 350 } });
  });

  it('is not started with settings that do not fit, and says which', async () => {
    const tab = await opened();
    tab.actions.configure({ batch: 64, queue: 65 });
    await tab.actions.start();
    expect(asked(tab)).not.toContain('start');
    expect(faults(tab)[0]).toMatchObject({ kind: 'config' });
    expect(faults(tab)[0].message).toContain('multiple of 64');
  });

  it('that does not come about gives the lock back', async () => {
    const tab = await opened();
    await tab.actions.start();
    tab.trainer.say({
      type: 'fault',
      fault: { kind: 'memory', message: 'Too large.', advice: 'Choose a smaller batch.' },
    });
    tab.trainer.say(idle);
    expect(training(tab)).toMatchObject({ asked: false, lock: 'free' });
    expect(runUnderWay(tab.parts.store.getState())).toBe(false);
  });

  it('keeps its data set on the page', async () => {
    const tab = await started();
    await tab.actions.selectDataset('other');
    await tab.actions.importSample();
    await tab.actions.deleteDataset('birds');
    expect(tab.importer.sent).toEqual([]);
    expect(tab.parts.store.getState().library.current).toBe('birds');
    expect(faults(tab)[0].message).toContain('Birds');
  });

  it('replaces what a repeated step said before', async () => {
    const tab = await started();
    for (const at of [0, 20, 40, 20])
      tab.trainer.say({ type: 'probes', run: 'first', probes: { step: at, probes: [] } });
    expect(tab.parts.store.getState().probes.history.map((probes) => probes.step)).toEqual([0, 20]);
  });
});

describe('a second tab', () => {
  it('is told that another tab trains, and may take over as soon as that one ends', async () => {
    const locks = new FakeLocks();
    const one = await started(locks);
    const other = await opened(stored({ runs: [run({ step: 40 })] }), locks);
    expect(training(other)).toMatchObject({ lock: 'elsewhere', unfinished: null });
    await other.actions.start();
    expect(asked(other)).not.toContain('start');
    expect(faults(other)[0]).toMatchObject({ kind: 'busy', message: 'Another tab is training.' });
    one.parts.lock.give();
    await new Promise(setImmediate);
    expect(training(other)).toMatchObject({ lock: 'free', takeover: true });
    expect(faults(other)).toEqual([]);
    expect(training(other).unfinished?.id).toBe('first');
    await other.actions.resume();
    expect(other.trainer.sent.at(-1)).toEqual({ type: 'resume', run: 'first' });
  });
});

describe('after a reload', () => {
  it('the run that was cut off is shown with its past and offered, not resumed', async () => {
    const column = Float32Array.of(3, 2, 1);
    const steps = { loss: column, accuracy: column, learningRate: column, featureStd: column, imagesPerSecond: column };
    const history = { run: 'first', steps, evaluations: [], probes: [{ step: 3, probes: [] }] };
    const tab = await opened(stored({ runs: [run({ step: 3 })], histories: { first: history } }));
    expect(training(tab).unfinished?.id).toBe('first');
    expect(tab.parts.store.metrics.last).toBe(3);
    expect(tab.parts.store.getState().probes.history.length).toBe(1);
    expect(asked(tab)).not.toContain('resume');
    await tab.actions.resume();
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'resume', run: 'first' });
    expect(training(tab).unfinished).toBe(null);
  });

  it('a finished run is extended, not resumed', async () => {
    const tab = await opened(stored({ runs: [run({ status: 'finished', step: 30 })] }));
    expect(training(tab).unfinished).toBe(null);
    await tab.actions.resume();
    await tab.actions.extend(300);
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'extend', run: 'first', steps: 300 });
  });
});

describe('a trainer that dies', () => {
  const lost = { type: 'fault', fault: { kind: 'device', message: 'The GPU was lost.', advice: '' } } as const;

  it('is replaced, and the run goes on', async () => {
    const tab = await started();
    tab.crash('trainer', 'out of memory');
    expect(tab.ended).toEqual(['trainer']);
    expect(asked(tab).slice(-2)).toEqual(['prepare', 'resume']);
    expect(faults(tab)[0].message).toContain('out of memory');
    expect(training(tab).lock).toBe('held');
  });

  it('is replaced when it says that its device was lost, in the order in which it says so', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused', reason: 'The GPU was lost.' }) });
    tab.trainer.say({ ...idle, message: 'Interrupted at step 2' });
    tab.trainer.say(lost);
    expect(asked(tab).slice(-2)).toEqual(['prepare', 'resume']);
    expect(training(tab).lock).toBe('held');
  });

  it('three times in a minute, also while recovering; then the run is left to the person', async () => {
    const tab = await started();
    for (let time = 1; time <= 3; time++) {
      tab.trainer.say({ type: 'device', device });
      tab.trainer.say(lost);
      expect(asked(tab).filter((type) => type === 'resume').length).toBe(time);
    }
    tab.crash('trainer', 'again');
    expect(asked(tab).filter((type) => type === 'resume').length).toBe(3);
    expect(training(tab)).toMatchObject({ lock: 'free', asked: false });
    expect(training(tab).unfinished?.id).toBe('first');
    // Asked by hand it tries once more, from the choice of a device on.
    const resumed = tab.actions.resume();
    await new Promise(setImmediate);
    expect(asked(tab).at(-1)).toBe('prepare');
    tab.trainer.say({ type: 'device', device });
    tab.trainer.say(idle);
    await resumed;
    expect(asked(tab).at(-1)).toBe('resume');
    expect(training(tab).lock).toBe('held');
  });

  it('does not take up a run that the person has paused', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused' }) });
    tab.trainer.say({ type: 'phase', phase: 'paused', message: '' });
    tab.crash('trainer', 'gone');
    tab.trainer.say({ type: 'device', device });
    tab.trainer.say(idle);
    expect(asked(tab)).not.toContain('resume');
    await tab.actions.resume();
    expect(asked(tab).at(-1)).toBe('resume');
  });

  it('is not started again and again when there is no device at all', async () => {
    const tab = fakeTab(stored(), new FakeLocks());
    await tab.actions.openLibrary();
    tab.trainer.say(lost);
    expect(asked(tab)).toEqual(['prepare']);
    expect(faults(tab).length).toBe(1);
  });

  it('fails whoever waits for it', async () => {
    const tab = await opened();
    const replayed = tab.actions.replay('fixture', new ArrayBuffer(8));
    tab.crash('trainer', 'gone');
    await expect(replayed).rejects.toMatchObject({ name: 'Fault', kind: 'device' });
  });

  it('leaves a run whose storage failed to be taken up by hand', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused', reason: 'No space.' }) });
    tab.trainer.say({ ...idle, message: 'Interrupted' });
    tab.trainer.say({ type: 'fault', fault: { kind: 'storage', message: 'No space.', advice: 'Delete a data set.' } });
    tab.trainer.say(idle);
    expect(training(tab)).toMatchObject({ lock: 'free' });
    expect(training(tab).unfinished?.id).toBe('first');
  });
});
