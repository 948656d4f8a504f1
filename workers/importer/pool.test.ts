import { describe, expect, it } from 'vitest';
import type { FromDecoder, ToDecoder } from '../../src/protocol/messages';
import { DecoderPool, type Job } from './pool';

// Told apart by their side: in Node a File loses its name on the way through a port.
const job = (side: number): Job => ({ file: new File([], 'file'), side });

/** A decoder that answers when it is told to. */
function decoder(): {
  port: MessagePort;
  asked: ToDecoder[];
  answer: (message: FromDecoder) => void;
  asks: (count: number) => Promise<void>;
  close: () => void;
} {
  const { port1, port2 } = new MessageChannel();
  const asked: ToDecoder[] = [];
  let wake = (): void => undefined;
  port1.onmessage = ({ data }) => {
    asked.push(data);
    wake();
  };
  const asks = async (count: number): Promise<void> => {
    while (asked.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return { port: port2, asked, asks, answer: (message) => port1.postMessage(message), close: () => port1.close() };
}

describe('the decoder pool', () => {
  it('gives each decoder two files at most, the emptier first', async () => {
    const [a, b] = [decoder(), decoder()];
    const pool = new DecoderPool(() => undefined);
    pool.add(a.port);
    pool.add(b.port);
    const outcomes = [1, 2, 3, 4, 5].map((side) => pool.decode(job(side)));
    await Promise.all([a.asks(2), b.asks(2)]);
    expect([a.asked, b.asked].map((all) => all.map(({ side }) => side))).toEqual([
      [1, 3],
      [2, 4],
    ]);
    b.answer({ type: 'refused', ticket: b.asked[1].ticket, reason: 'no' });
    expect(await outcomes[3]).toMatchObject({ type: 'refused', reason: 'no' });
    await b.asks(3);
    expect(b.asked[2].side).toBe(5);
    a.close();
    b.close();
  });

  it('gives up a decoder that says nothing: its oldest file is refused, the others are decoded elsewhere', async () => {
    const [dead, good] = [decoder(), decoder()];
    const lost: number[] = [];
    const pool = new DecoderPool((index) => lost.push(index), 20, 1000);
    pool.add(dead.port);
    const first = pool.decode(job(1));
    const second = pool.decode(job(2));
    await dead.asks(2);
    expect(await first).toMatchObject({ type: 'refused', reason: expect.stringContaining('stopped answering') });
    expect(lost).toEqual([0]);
    pool.add(good.port);
    await good.asks(1);
    expect(good.asked[0].side).toBe(2);
    good.answer({ type: 'same', ticket: good.asked[0].ticket });
    expect(await second).toMatchObject({ type: 'same' });
    dead.close();
    good.close();
  });

  it('fails with advice when no decoder is left and none comes', async () => {
    const dead = decoder();
    const pool = new DecoderPool(() => undefined, 10, 10);
    pool.add(dead.port);
    const outcomes = [pool.decode(job(1)), pool.decode(job(2))];
    await expect(outcomes[1]).rejects.toMatchObject({ kind: 'picture', advice: expect.stringContaining('Reload') });
    dead.close();
  });
});
