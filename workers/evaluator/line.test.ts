import { expect, it } from 'vitest';
import { Line } from './line';
import type { Turns } from './turn';

/** Work that goes on until it is let go, and notes how it ended. */
function held(line: Line, ended: string[]) {
  return (dataset: string): (() => void) => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    line.add(dataset, async (turns: Turns) => {
      await gate;
      ended.push(`${dataset} ${turns.cancelled ? 'called off' : 'done'}`);
    });
    return release;
  };
}

it('does one piece after the other', async () => {
  const [line, ended] = [new Line(), [] as string[]];
  const ask = held(line, ended);
  const [first, second] = [ask('birds'), ask('fish')];
  second();
  await Promise.resolve();
  expect(ended).toEqual([]);
  first();
  await line.callOff('nothing of this');
  await expect.poll(() => ended).toEqual(['birds done', 'fish done']);
});

it('calls off what is about one data set, waiting or under way, and leaves the rest', async () => {
  const [line, ended] = [new Line(), [] as string[]];
  const ask = held(line, ended);
  const releases = [ask('birds'), ask('fish'), ask('birds')];
  const gone = line.callOff('birds');
  for (const release of releases) release();
  await gone;
  expect(ended).toEqual(['birds called off', 'fish done', 'birds called off']);
});

it('does as usual what is asked for after a cancel', async () => {
  const [line, ended] = [new Line(), [] as string[]];
  const ask = held(line, ended);
  ask('birds')();
  const gone = line.callOff();
  ask('birds')();
  await gone;
  await expect.poll(() => ended).toEqual(['birds called off', 'birds done']);
});
