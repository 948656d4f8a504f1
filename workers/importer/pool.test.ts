import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { FromDecoder, ToDecoder } from '../../src/protocol/decoding';
import { DecoderPool, type Job } from './pool';

// Told apart by their side: in Node a File loses its name on the way through a port.
const job = (side: number): Job => ({ file: new File([], 'file'), bytes: null, side });
const smallJob = (side: number): Job => ({ ...job(side), bytes: new ArrayBuffer(8) });

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
  it('gives each decoder two large files at most, the emptier first', async () => {
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

  it('gives a decoder six small files, with their bytes, and a large one when there is room for it', async () => {
    const only = decoder();
    const pool = new DecoderPool(() => undefined);
    pool.add(only.port);
    const jobs = [1, 2, 3, 4, 5, 6, 7].map(smallJob);
    for (const one of jobs) void pool.decode(one);
    void pool.decode(job(8));
    await only.asks(6);
    expect(only.asked.map(({ side, bytes }) => [side, bytes?.byteLength])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [n, 8]),
    );
    expect(jobs[0].bytes?.byteLength).toBe(0);
    for (const { ticket } of [...only.asked]) only.answer({ type: 'same', ticket });
    await only.asks(8);
    expect(only.asked.slice(6).map(({ side, bytes }) => [side, bytes?.byteLength])).toEqual([
      [7, 8],
      [8, undefined],
    ]);
    only.close();
  });

  it('gives nothing besides a picture that is large though its file is small', async () => {
    const only = decoder();
    const pool = new DecoderPool(() => undefined);
    pool.add(only.port);
    const archive = readFileSync(new URL('../../e2e/data/malformed.zip', import.meta.url));
    const flat = unzipSync(archive, { filter: ({ name }) => name === 'large-6000x4000-1bit.png' });
    const bytes = flat['large-6000x4000-1bit.png'].slice().buffer as ArrayBuffer;
    expect(bytes.byteLength).toBeLessThan(10_000);
    void pool.decode(smallJob(1));
    void pool.decode({ ...job(2), bytes });
    void pool.decode(smallJob(3));
    await only.asks(1);
    only.answer({ type: 'same', ticket: only.asked[0].ticket });
    await only.asks(2);
    expect(only.asked.map(({ side }) => side)).toEqual([1, 2]);
    only.answer({ type: 'same', ticket: only.asked[1].ticket });
    await only.asks(3);
    only.close();
  });

  it('gives up a decoder that says nothing: each of its files is tried alone, and the one that is alone refused', async () => {
    const [dead, again, good] = [decoder(), decoder(), decoder()];
    const lost: number[] = [];
    const pool = new DecoderPool((index) => lost.push(index), 20, 1000);
    pool.add(dead.port);
    const bad = pool.decode(job(1));
    const others = [pool.decode(smallJob(2)), pool.decode(smallJob(3))];
    await dead.asks(3);
    pool.add(again.port);
    await again.asks(1);
    expect(again.asked.map(({ side }) => side)).toEqual([1]);
    expect(await bad).toMatchObject({ type: 'refused', reason: expect.stringContaining('stopped answering') });
    expect(lost).toEqual([0, 1]);
    pool.add(good.port);
    for (const [i, outcome] of others.entries()) {
      await good.asks(i + 1);
      expect(good.asked[i]).toMatchObject({ side: i + 2, bytes: null });
      good.answer({ type: 'same', ticket: good.asked[i].ticket });
      expect(await outcome).toMatchObject({ type: 'same' });
    }
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
