import { afterEach, describe, expect, it } from 'vitest';
import { Fault } from '../core/fault';
import { type Handlers, serve, Thread } from './call';
import { channel } from './channel';

interface Kitchen {
  bake(request: { breads: number }, progress: { baked: number }): string;
  burn(request: { how: 'fault' | 'bug' }): never;
  wait(request: object): string;
}
interface Bell {
  type: 'bell';
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A thread over a real MessageChannel. */
function kitchen(handlers: Partial<Handlers<Kitchen>> = {}) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const ended: string[] = [];
  const commands: Bell[] = [];
  const inside = channel<unknown, unknown>(port2);
  serve<Kitchen, Bell>(
    inside,
    {
      bake: async ({ breads }, { progress }) => {
        for (let baked = 1; baked <= breads; baked++) progress({ baked });
        return `${breads} breads`;
      },
      burn: async ({ how }) => {
        throw how === 'fault' ? new Fault('memory', 'Too many.', 'Bake fewer.') : new TypeError('no oven');
      },
      wait: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            ended.push('wait');
            reject(signal.reason);
          });
        }),
      ...handlers,
    },
    (bell) => commands.push(bell),
  );
  const thread = new Thread<Kitchen, Bell, Bell>(channel(port1));
  return { thread, ended, commands, ring: () => inside.send({ type: 'bell' }) };
}

describe('a call', () => {
  it('is answered, each its own, with its progress in order before', async () => {
    const { thread } = kitchen();
    const told: number[] = [];
    const [two, one] = await Promise.all([
      thread.call({ type: 'bake', breads: 2 }, { onProgress: ({ baked }) => told.push(baked) }),
      thread.call({ type: 'bake', breads: 1 }),
    ]);
    expect([two, one, told]).toEqual(['2 breads', '1 breads', [1, 2]]);
  });

  it('rejects with the fault that the thread threw, and with an error for its bug', async () => {
    const { thread } = kitchen();
    await expect(thread.call({ type: 'burn', how: 'fault' })).rejects.toMatchObject({
      ...{ name: 'Fault', kind: 'memory', message: 'Too many.', advice: 'Bake fewer.' },
    });
    await expect(thread.call({ type: 'burn', how: 'bug' })).rejects.toEqual(new Error('no oven'));
  });

  it('that is aborted rejects at once, and ends in the thread', async () => {
    const { thread, ended } = kitchen();
    const controller = new AbortController();
    const waiting = thread.call({ type: 'wait' }, { signal: controller.signal });
    await thread.call({ type: 'bake', breads: 1 });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => ended).toEqual(['wait']);
    await expect(thread.call({ type: 'wait' }, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('hands over what is transferred', async () => {
    const { thread } = kitchen({
      bake: async (request) => `${(request as unknown as { flour: ArrayBuffer }).flour.byteLength}`,
    });
    const flour = new ArrayBuffer(8);
    const request = { type: 'bake', breads: 1, flour } as const;
    expect(await thread.call(request, { transfer: [flour] })).toBe('8');
    expect(flour.byteLength).toBe(0);
  });
});

it('commands and events pass beside calls', async () => {
  const { thread, commands, ring } = kitchen();
  const received: Bell[] = [];
  thread.listen((bell) => received.push(bell));
  thread.send({ type: 'bell' });
  ring();
  expect(await thread.call({ type: 'bake', breads: 1 })).toBe('1 breads');
  expect([commands, received]).toEqual([[{ type: 'bell' }], [{ type: 'bell' }]]);
});

describe('a thread that is lost', () => {
  const gone = new Fault('data', 'Gone.');

  it('fails what waits', async () => {
    const { thread } = kitchen();
    const waiting = thread.call({ type: 'wait' });
    thread.lost(gone);
    await expect(waiting).rejects.toBe(gone);
  });

  it('has its successor asked the same once, and no more', async () => {
    let asked = 0;
    const { thread } = kitchen({ wait: async () => (++asked === 2 ? 'second' : new Promise(() => undefined)) });
    const waiting = thread.call({ type: 'wait' });
    thread.lost(gone, true);
    expect(await waiting).toBe('second');
    asked = 2;
    const hopeless = thread.call({ type: 'wait' });
    thread.lost(gone, true);
    thread.lost(gone, true);
    await expect(hopeless).rejects.toBe(gone);
  });
});
