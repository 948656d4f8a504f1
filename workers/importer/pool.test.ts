import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/core/fault';
import { Thread } from '../../src/protocol/call';
import type { DecoderCalls, Job, Outcome } from '../../src/protocol/decoding';
import type { Decoder } from './decoders';
import { DecoderPool } from './pool';

// Told apart by their side.
const wanted = { file: new File([], 'file'), place: null };
const job = (side: number, files = 1): Job => ({ files: Array(files).fill(wanted), bytes: new ArrayBuffer(0), side });
const refused: Outcome = { type: 'refused', reason: 'no' };
const same: Outcome = { type: 'same' };

/** A decoder that answers when it is told to. */
class FakeDecoder implements Decoder {
  readonly asked: Job[] = [];
  ended = false;
  private readonly calls: number[] = [];
  private listener: (message: unknown) => void = () => undefined;
  readonly thread = new Thread<DecoderCalls>({
    send: (message) => {
      const { call, request } = message as { call: number; request: Job };
      this.asked.push(request);
      this.calls.push(call);
    },
    listen: (listener) => {
      this.listener = listener;
    },
  });

  end(): void {
    this.ended = true;
  }

  async answer(place: number, outcomes: Outcome[]): Promise<void> {
    this.listener({ call: this.calls[place], answer: outcomes });
    await turn();
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A pool, and its decoders as they were started. */
function pool(count: number, silence?: number): { pool: DecoderPool; decoders: FakeDecoder[] } {
  const decoders: FakeDecoder[] = [];
  const start = (): Decoder => {
    decoders.push(new FakeDecoder());
    return decoders[decoders.length - 1];
  };
  return { pool: new DecoderPool(start, count, silence), decoders };
}

const sides = ({ asked }: FakeDecoder): number[] => asked.map(({ side }) => side);

describe('the decoder pool', () => {
  it('gives each decoder two jobs at most, the emptier first', async () => {
    const { pool: ours, decoders } = pool(2);
    const outcomes = [1, 2, 3, 4, 5].map((side) => ours.decode(job(side)));
    await turn();
    expect(decoders.map(sides)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    await decoders[1].answer(1, [refused]);
    expect(await outcomes[3]).toEqual([refused]);
    expect(sides(decoders[1])).toEqual([2, 4, 5]);
  });

  it('replaces a decoder that dies or says nothing: each of its files is tried alone, and the one that is alone refused', async () => {
    const { pool: ours, decoders } = pool(1, 20);
    const bad = ours.decode(job(1));
    const others = ours.decode({ ...job(2, 2), bytes: new ArrayBuffer(4) });
    await turn();
    decoders[0].thread.lost(new Fault('picture', 'Out of memory.'));
    await turn();
    // The second has the first file alone, and says nothing.
    expect(sides(decoders[1])).toEqual([1]);
    expect(await bad).toEqual([{ type: 'refused', reason: expect.stringContaining('stopped answering') }]);
    for (const i of [0, 1]) {
      await turn();
      expect(decoders[2].asked[i]).toMatchObject({ side: 2, files: [{ place: null }] });
      expect(decoders[2].asked).toHaveLength(i + 1);
      await decoders[2].answer(i, [same]);
    }
    expect(await others).toEqual([same, same]);
    expect(decoders.map(({ ended }) => ended)).toEqual([true, true, false]);
  });

  it('fails with advice when decoders end whatever they are given', async () => {
    const { pool: ours, decoders } = pool(2);
    const outcomes = [1, 2, 3].map((side) => ours.decode(job(side, 20)));
    const failed = Promise.allSettled(outcomes);
    for (let i = 0; i < 12; i++) {
      await turn();
      decoders[i].thread.lost(new Fault('picture', 'No script.'));
    }
    const advice = expect.stringContaining('Reload');
    for (const one of await failed)
      expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'picture', advice } });
  });
});
