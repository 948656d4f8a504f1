import type { BenchCall, BenchCalls } from '../../bench/answer';
import { PEERS, type PeerName } from '../../bench/peers';
import { type Case, interleaved } from './measurement';
import type { BenchOptions } from './options';
import { type LeftOut, type Result, resultOf } from './result';
import type { Titled } from './tasks';

/** Where peers live: each on a thread of its own of one browser, or in Node. */
export interface Arena {
  ask<K extends keyof BenchCalls>(peer: PeerName, asked: BenchCall & { call: K }): Promise<BenchCalls[K]['answer']>;
  /** Gives back all that a peer holds. */
  end(peer: PeerName): Promise<void>;
  /** Bytes of JavaScript that all peers together hold, rubbish not counted. */
  heapBytes(): Promise<number>;
}

/** A sample is as many runs as fit into this, in milliseconds, and one at least. */
const SAMPLE = 500;
const MOST_RUNS = 200;
/** Before the first sample, in milliseconds: a page in training has long been compiled by the browser, so peers are too. */
const WARM_UP = 4_000;

/** Opens a task on every peer, then samples them in turn. */
export async function inTurns(
  { task, title, unit, flops }: Titled,
  arena: Arena,
  { peers, rounds, patience }: Pick<BenchOptions, 'peers' | 'rounds' | 'patience'>,
): Promise<{ results: Result[]; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const entered: { peer: PeerName; opened: NonNullable<BenchCalls['open']['answer']> }[] = [];
  const heading = `${task.row}, ${title}`;
  try {
    for (const peer of peers) {
      const what = { row: task.row, title, peer: PEERS[peer].title };
      process.stderr.write(`${heading}: ${what.peer}, getting ready\n`);
      try {
        const opened = await arena.ask(peer, { call: 'open', peer, task });
        if (!opened) continue;
        if (opened.warmMilliseconds <= 1000 * patience) entered.push({ peer, opened });
        else leftOut.push({ ...what, reason: `a run took ${(opened.warmMilliseconds / 1000).toFixed(0)} s` });
      } catch (cause) {
        leftOut.push({ ...what, reason: (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] });
      }
      if (entered[entered.length - 1]?.peer !== peer) await arena.end(peer);
    }
    const cases = entered.map(({ peer, opened }): Case<BenchCalls['sample']['answer']> => {
      const runs = Math.max(1, Math.min(MOST_RUNS, Math.floor(SAMPLE / opened.warmMilliseconds)));
      return { name: PEERS[peer].title, sample: () => arena.ask(peer, { call: 'sample', runs }) };
    });
    for (const { peer, opened } of entered) {
      const runs = Math.min(MOST_RUNS, Math.floor(WARM_UP / opened.warmMilliseconds));
      if (runs > 0) await arena.ask(peer, { call: 'repeat', runs });
    }
    const samples = await interleaved(heading, cases, rounds);
    const results: Result[] = [];
    for (const [i, { peer, opened }] of entered.entries()) {
      const what = { row: task.row, title, peer: PEERS[peer].title, unit, batch: task.batch };
      const profile = await arena.ask(peer, { call: 'profile' });
      results.push(resultOf(what, flops, opened, samples[i], profile));
    }
    return { results, leftOut };
  } finally {
    for (const { peer } of entered) await arena.end(peer);
  }
}
