import { describe, expect, it } from 'vitest';
import { Ahead } from './ahead';

describe('work ahead', () => {
  it('is taken in order, however it is done', async () => {
    const ahead = new Ahead<number>(10);
    const resolve: ((value: number) => void)[] = [];
    for (let i = 0; i < 3; i++) ahead.push(new Promise((done) => resolve.push(done)));
    ahead.end();
    const first = ahead.next();
    resolve[2](2);
    resolve[1](1);
    resolve[0](0);
    expect(await first).toBe(0);
    expect([await ahead.next(), await ahead.next(), await ahead.next()]).toEqual([1, 2, null]);
  });

  it('is bounded: room comes when a piece is taken', async () => {
    const ahead = new Ahead<number>(2);
    ahead.push(Promise.resolve(1));
    ahead.push(Promise.resolve(2));
    let roomy = false;
    const room = ahead.room().then((wanted) => {
      roomy = true;
      return wanted;
    });
    await Promise.resolve();
    expect(roomy).toBe(false);
    await ahead.next();
    expect(await room).toBe(true);
  });

  it('throws in its place what its work threw', async () => {
    const ahead = new Ahead<number>(5);
    ahead.push(Promise.resolve(1));
    ahead.push(Promise.reject(new Error('lost')));
    expect(await ahead.next()).toBe(1);
    await expect(ahead.next()).rejects.toThrow('lost');
  });

  it('lets everyone go when it is stopped', async () => {
    const ahead = new Ahead<number>(1);
    ahead.push(new Promise(() => undefined));
    const [next, room] = [ahead.next(), ahead.room()];
    ahead.stop();
    expect([await next, await room]).toEqual([null, false]);
  });
});
