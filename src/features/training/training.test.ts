import { describe, expect, it } from 'vitest';
import { runUnderWay } from '../../app/store/store';
import { device, FakeLocks, fakeTab, run } from '../../page/fakeParts.testing';
import { asked, faults, opened, session, settle, started, stored, training } from '../../page/training.testing';

describe('a run', () => {
  it('is asked for with the settings on the page, after the device and the baseline', async () => {
    const tab = await started();
    expect(asked(tab)).toEqual(['prepare', 'embed', 'baseline', 'start']);
    expect(session(tab)).toBe('training');
    expect(tab.parts.store.stepReports.last).toBe(2);
  });

  it('keeps the lock until the trainer is done with it', async () => {
    const locks = new FakeLocks();
    const tab = await opened(stored(), locks);
    await tab.actions.start();
    expect(session(tab)).toBe('preparing');
    tab.trainer.say({ type: 'run', run: run() });
    tab.trainer.say({ type: 'run', run: run({ status: 'finished', step: 9 }) });
    expect(await fakeTab(stored(), locks).parts.lock.take()).toBe(false);
    await tab.trainer.answer('start', undefined);
    expect(session(tab)).toBe('idle');
    expect(await fakeTab(stored(), locks).parts.lock.take()).toBe(true);
  });

  it('that is started as soon as another has ended waits for the trainer to be done with that', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'finished', step: 9 }) });
    const next = tab.actions.start();
    await settle();
    expect(asked(tab).filter((type) => type === 'start')).toHaveLength(1);
    await tab.trainer.answer('start', undefined);
    await next;
    expect(asked(tab).filter((type) => type === 'start')).toHaveLength(2);
    expect([session(tab), tab.parts.lock.held]).toEqual(['preparing', true]);
  });

  it('that is stopped before there is a device is not begun', async () => {
    const tab = fakeTab(stored(), new FakeLocks());
    await tab.actions.openLibrary();
    tab.actions.configure({ batch: 8 });
    const start = tab.actions.start();
    await settle();
    tab.actions.stop();
    await tab.trainer.answer('prepare', device);
    await start;
    expect(asked(tab)).not.toContain('start');
    expect([session(tab), tab.parts.lock.held]).toEqual(['idle', false]);
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
    await tab.trainer.fail('start', { kind: 'memory', message: 'Too large.', advice: 'Choose a smaller batch.' });
    expect(faults(tab)[0].message).toBe('Too large.');
    expect([session(tab), tab.parts.lock.held]).toEqual(['idle', false]);
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
    expect(session(other)).toBe('elsewhere');
    await other.actions.start();
    expect(asked(other)).not.toContain('start');
    expect(faults(other)[0]).toMatchObject({ kind: 'busy', message: 'Another tab is training.' });
    one.parts.lock.give();
    await new Promise(setImmediate);
    expect(training(other).session).toEqual({ is: 'interrupted', why: 'other tab ended' });
    expect(faults(other)).toEqual([]);
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
    expect(training(tab).session).toEqual({ is: 'interrupted', why: 'cut off' });
    expect(tab.parts.store.stepReports.last).toBe(3);
    expect(tab.parts.store.getState().probes.history.length).toBe(1);
    expect(asked(tab)).not.toContain('resume');
    await tab.actions.resume();
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'resume', run: 'first' });
    expect(session(tab)).toBe('preparing');
  });

  it('a run that was paused is paused', async () => {
    const tab = await opened(stored({ runs: [run({ status: 'paused', step: 3 })] }));
    expect(training(tab).session).toEqual({ is: 'interrupted', why: 'paused' });
  });

  it('a finished run is extended, not resumed', async () => {
    const tab = await opened(stored({ runs: [run({ status: 'finished', step: 30 })] }));
    expect(session(tab)).toBe('idle');
    await tab.actions.resume();
    await tab.actions.extend(300);
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'extend', run: 'first', steps: 300 });
  });
});

it('a paused run goes on where it is', async () => {
  const tab = await started();
  tab.actions.pause();
  tab.trainer.say({ type: 'run', run: run({ status: 'paused', step: 2 }) });
  await tab.actions.resume();
  expect(tab.trainer.sent.slice(-2)).toEqual([{ type: 'pause' }, { type: 'go-on', run: 'first' }]);
});
