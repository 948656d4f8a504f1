import { describe, expect, it } from 'vitest';
import type { FromDecoder, ToDecoder } from '../../src/protocol/decoding';
import { DecoderPool, type Job } from './pool';

// Told apart by their side: in Node a File loses its name on the way through a port.
const wanted = { file: new File([], 'file'), place: null };
const job = (side: number, files = 1): Job => ({ files: Array(files).fill(wanted), bytes: new ArrayBuffer(0), side });
const same = (ticket: number): FromDecoder => ({ type: 'decoded', ticket, outcomes: [{ type: 'same' }] });

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
  it('gives each decoder two jobs at most, the emptier first', async () => {
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
    b.answer({ type: 'decoded', ticket: b.asked[1].ticket, outcomes: [{ type: 'refused', reason: 'no' }] });
    expect(await outcomes[3]).toEqual([{ type: 'refused', reason: 'no' }]);
    await b.asks(3);
    expect(b.asked[2].side).toBe(5);
    a.close();
    b.close();
  });

  it('hands the bytes over with the files, and the outcomes come in their order', async () => {
    const only = decoder();
    const pool = new DecoderPool(() => undefined);
    pool.add(only.port);
    const bytes = new ArrayBuffer(8);
    const files = [
      { ...wanted, place: { from: 0, size: 5 } },
      { ...wanted, place: { from: 5, size: 3 } },
    ];
    const outcomes = pool.decode({ files, bytes, side: 1 });
    await only.asks(1);
    expect(only.asked[0].bytes.byteLength).toBe(8);
    expect(only.asked[0].files.map(({ place }) => place)).toEqual(files.map(({ place }) => place));
    expect(bytes.byteLength).toBe(0);
    const { ticket } = only.asked[0];
    only.answer({ type: 'decoded', ticket, outcomes: [{ type: 'refused', reason: 'no' }, { type: 'same' }] });
    expect(await outcomes).toEqual([{ type: 'refused', reason: 'no' }, { type: 'same' }]);
    only.close();
  });

  it('gives up a decoder that says nothing: each of its files is tried alone, and the one that is alone refused', async () => {
    const [dead, again, good] = [decoder(), decoder(), decoder()];
    const lost: number[] = [];
    const pool = new DecoderPool((index) => lost.push(index), 20, 1000);
    pool.add(dead.port);
    const bad = pool.decode(job(1));
    const others = pool.decode({ ...job(2, 2), bytes: new ArrayBuffer(4) });
    await dead.asks(2);
    pool.add(again.port);
    await again.asks(1);
    expect(again.asked.map(({ side }) => side)).toEqual([1]);
    expect(await bad).toEqual([{ type: 'refused', reason: expect.stringContaining('stopped answering') }]);
    expect(lost).toEqual([0, 1]);
    pool.add(good.port);
    for (const i of [0, 1]) {
      await good.asks(i + 1);
      expect(good.asked[i]).toMatchObject({ side: 2, files: [{ place: null }] });
      expect(good.asked.length).toBe(i + 1);
      good.answer(same(good.asked[i].ticket));
    }
    expect(await others).toEqual([{ type: 'same' }, { type: 'same' }]);
    for (const { close } of [dead, again, good]) close();
  });

  it('fails with advice when no decoder is left and none comes', async () => {
    const dead = decoder();
    const pool = new DecoderPool(() => undefined, 10, 10);
    pool.add(dead.port);
    const outcomes = [pool.decode(job(1)), pool.decode(job(2))];
    outcomes[0].catch(() => undefined);
    await expect(outcomes[1]).rejects.toMatchObject({ kind: 'picture', advice: expect.stringContaining('Reload') });
    dead.close();
  });
});
