import { describe, expect, it } from 'vitest';
import { FakeLocks } from '../../page/fakeParts.testing';
import { TrainerLockHolder } from './lock';
import { Recovery } from './recovery';

const holder = (locks: FakeLocks) => new TrainerLockHolder(locks as unknown as LockManager);

describe('the trainer lock', () => {
  it('is held by one tab; the other is told when it is free, and takes nothing by waiting', async () => {
    const locks = new FakeLocks();
    const [one, other] = [holder(locks), holder(locks)];
    expect(await one.take()).toBe(true);
    expect(await one.take()).toBe(true);
    expect(await other.take()).toBe(false);
    expect(await other.elsewhere()).toBe(true);
    expect(await one.elsewhere()).toBe(false);
    const free = other.whenFree();
    one.give();
    expect(await free).toBe(true);
    expect(other.held).toBe(false);
    expect(await one.take()).toBe(true);
  });

  it('can be taken again at once after it was given back', async () => {
    const tab = holder(new FakeLocks());
    for (let time = 0; time < 3; time++) {
      expect(await tab.take()).toBe(true);
      tab.give();
    }
  });

  it('stops waiting when it is taken after all', async () => {
    const locks = new FakeLocks();
    const [one, other] = [holder(locks), holder(locks)];
    await one.take();
    const free = other.whenFree();
    expect(await other.take()).toBe(false);
    expect(await free).toBe(false);
  });

  it('is everybody’s where the browser has no locks', async () => {
    const alone = new TrainerLockHolder(undefined);
    expect(await alone.take()).toBe(true);
    alone.give();
    expect(alone.held).toBe(false);
  });
});

describe('recovery', () => {
  it('allows three restarts within any minute', () => {
    let now = 0;
    const recovery = new Recovery(3, 60_000, () => now);
    expect([recovery.allow(), recovery.allow(), recovery.allow(), recovery.allow()]).toEqual([true, true, true, false]);
    now = 60_000;
    expect(recovery.allow()).toBe(true);
  });
});
