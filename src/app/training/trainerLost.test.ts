import { describe, expect, it } from 'vitest';
import { device, FakeLocks, type FakeTab, fakeTab, run } from '../../page/fakeParts.testing';
import { asked, faults, opened, session, settle, started, stored, training } from '../../page/training.testing';

describe('a trainer that dies', () => {
  const lost = { kind: 'device', message: 'The GPU was lost.', advice: '' } as const;
  const resumed = (tab: FakeTab) => asked(tab).filter((type) => type === 'resume').length;

  it('is replaced, and the run goes on', async () => {
    const tab = await started();
    tab.crash('trainer', 'out of memory');
    expect(tab.ended).toEqual(['trainer']);
    await tab.trainer.answer('prepare', device);
    expect(asked(tab).slice(-2)).toEqual(['prepare', 'resume']);
    expect(faults(tab)[0].message).toContain('out of memory');
    tab.trainer.say({ type: 'run', run: run({ step: 2 }) });
    expect([session(tab), tab.parts.lock.held]).toEqual(['training', true]);
  });

  it('is replaced when it says that its device was lost', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused', reason: 'The GPU was lost.' }) });
    await tab.trainer.fail('start', lost);
    await tab.trainer.answer('prepare', device);
    expect(asked(tab).at(-1)).toBe('resume');
    expect(tab.parts.lock.held).toBe(true);
  });

  it('also while it does something else, or nothing', async () => {
    const tab = await opened();
    tab.actions.addPretrained('mobilenet-v2');
    await tab.trainer.fail('pretrained', lost);
    expect(tab.ended).toEqual(['trainer']);
    await tab.trainer.answer('prepare', device);
    tab.trainer.say({ type: 'fault', fault: lost });
    expect(tab.ended).toEqual(['trainer', 'trainer']);
    expect(resumed(tab)).toBe(0);
  });

  it('three times in a minute; then the run is left to the user', async () => {
    const tab = await started();
    await tab.trainer.fail('start', lost);
    for (let time = 1; time <= 2; time++) {
      await tab.trainer.answer('prepare', device);
      expect(resumed(tab)).toBe(time);
      await tab.trainer.fail('resume', lost);
    }
    await tab.trainer.answer('prepare', device);
    tab.crash('trainer', 'again');
    await settle();
    expect(resumed(tab)).toBe(3);
    expect([session(tab), tab.parts.lock.held]).toEqual(['interrupted', false]);
    // Asked by hand it tries once more, from the choice of a device on.
    const again = tab.actions.resume();
    await settle();
    expect(asked(tab).at(-1)).toBe('prepare');
    await tab.trainer.answer('prepare', device);
    await again;
    expect(asked(tab).at(-1)).toBe('resume');
    expect([session(tab), tab.parts.lock.held]).toEqual(['preparing', true]);
  });

  it('and dies again before it has a device takes the run up once', async () => {
    const tab = await started();
    tab.crash('trainer', 'out of memory');
    tab.crash('trainer', 'out of memory');
    await settle();
    await tab.trainer.answer('prepare', device);
    expect(resumed(tab)).toBe(1);
    expect(tab.parts.lock.held).toBe(true);
  });

  it('does not take up a run that the user has paused', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused' }) });
    expect(session(tab)).toBe('paused');
    tab.crash('trainer', 'gone');
    await tab.trainer.answer('prepare', device);
    expect(training(tab).session).toEqual({ is: 'interrupted', why: 'paused' });
    expect(resumed(tab)).toBe(0);
    await tab.actions.resume();
    expect(asked(tab).at(-1)).toBe('resume');
  });

  it('is not started again and again when there is no device at all', async () => {
    const tab = fakeTab(stored(), new FakeLocks());
    await tab.actions.openLibrary();
    await tab.trainer.fail('prepare', lost);
    expect(asked(tab)).toEqual(['prepare']);
    expect(faults(tab).length).toBe(1);
  });

  it('fails whoever waits for it', async () => {
    const tab = await opened();
    const exported = tab.actions.exportRun('run');
    tab.crash('trainer', 'gone');
    await expect(exported).rejects.toMatchObject({ name: 'Fault', kind: 'device' });
  });

  it('leaves a run whose storage failed to be taken up by hand', async () => {
    const tab = await started();
    tab.trainer.say({ type: 'run', run: run({ status: 'paused', reason: 'No space.' }) });
    await tab.trainer.fail('start', { kind: 'storage', message: 'No space.', advice: 'Delete a collection.' });
    expect(training(tab).session).toEqual({ is: 'interrupted', why: 'cut off' });
    expect(tab.parts.lock.held).toBe(false);
  });
});
