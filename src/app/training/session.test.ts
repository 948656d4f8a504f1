import { describe, expect, test } from 'vitest';
import type { Run } from '../../core/records';
import { isUnderWay, next, type Session, type SessionEvent } from './session';

const run = (status: Run['status'], reason?: string) => ({ id: 'first', status, reason }) as Run;
const training: Session = { is: 'training', coolingDown: false };
const preparing: Session = { is: 'preparing' };
const idle: Session = { is: 'idle' };
const interrupted = (why: 'paused' | 'cut off' | 'other tab ended'): Session => ({ is: 'interrupted', why });

const TRANSITIONS: readonly (readonly [string, Session, SessionEvent, Session])[] = [
  ['a finished run is shown', idle, { type: 'shown', run: run('finished') }, idle],
  ['a run that was cut off is offered', idle, { type: 'shown', run: run('running') }, interrupted('cut off')],
  ['one that its device failed too', idle, { type: 'shown', run: run('paused', 'Lost.') }, interrupted('cut off')],
  ['a paused run, after a reload, is paused', idle, { type: 'shown', run: run('paused') }, interrupted('paused')],
  [
    'a run of a tab that has ended is offered as that',
    idle,
    { type: 'shown', run: run('running'), takeover: true },
    interrupted('other tab ended'),
  ],
  ['a data set without a run is shown', interrupted('paused'), { type: 'shown', run: null }, idle],
  ['a run under way stays', training, { type: 'shown', run: null }, training],
  ['another tab goes on', { is: 'elsewhere' }, { type: 'shown', run: run('running') }, { is: 'elsewhere' }],

  ['a run is asked for', idle, { type: 'asked' }, preparing],
  ['a run is taken up', interrupted('cut off'), { type: 'asked' }, preparing],
  ['a run is asked for again where another tab trains', { is: 'elsewhere' }, { type: 'asked' }, preparing],
  ['nothing is asked for beside a run', training, { type: 'asked' }, training],

  ['it begins', preparing, { type: 'told', run: run('running') }, training],
  ['it is paused', training, { type: 'told', run: run('paused') }, { is: 'paused' }],
  ['it goes on', { is: 'paused' }, { type: 'told', run: run('running') }, training],
  ['it finishes', training, { type: 'told', run: run('finished') }, idle],
  ['it fails', training, { type: 'told', run: run('failed') }, idle],
  ['its device is lost, which is yet to be said', training, { type: 'told', run: run('paused', 'Lost.') }, training],
  ['a word that comes too late', idle, { type: 'told', run: run('running') }, idle],

  ['it cools down', training, { type: 'cool down' }, { is: 'training', coolingDown: true }],
  [
    'it cools down still',
    { is: 'training', coolingDown: true },
    { type: 'told', run: run('running') },
    { is: 'training', coolingDown: true },
  ],
  ['a paused run does not', { is: 'paused' }, { type: 'cool down' }, { is: 'paused' }],
  ['it is stopped', training, { type: 'stop' }, { is: 'stopping' }],
  ['before it begins', preparing, { type: 'stop' }, { is: 'stopping' }],
  ['while it is paused', { is: 'paused' }, { type: 'stop' }, { is: 'stopping' }],
  [
    'it says that it runs, and is stopped all the same',
    { is: 'stopping' },
    { type: 'told', run: run('running') },
    { is: 'stopping' },
  ],
  ['it has stopped', { is: 'stopping' }, { type: 'told', run: run('stopped') }, idle],
  ['nothing is stopped', idle, { type: 'stop' }, idle],

  ['the trainer is done', { is: 'stopping' }, { type: 'ended' }, idle],
  ['the trainer was done with the run before', interrupted('paused'), { type: 'ended' }, interrupted('paused')],
  ['it did not come about', preparing, { type: 'failed', run: null }, idle],
  ['its storage failed', training, { type: 'failed', run: run('paused', 'No space.') }, interrupted('cut off')],
  ['the thread dies during a pause', { is: 'paused' }, { type: 'failed', run: run('paused') }, interrupted('paused')],
  ['it diverged', training, { type: 'failed', run: run('failed') }, idle],

  ['another tab has the lock', preparing, { type: 'elsewhere' }, { is: 'elsewhere' }],
  ['that tab ends', { is: 'elsewhere' }, { type: 'free' }, idle],
  ['this tab trains by then', training, { type: 'free' }, training],
  ['the user does not resume', interrupted('cut off'), { type: 'declined' }, idle],
];

describe('a session', () => {
  test.each(TRANSITIONS)('%s', (_, before, event, after) => expect(next(before, event)).toEqual(after));
});

test('a run holds its data set from the moment it is asked for until it has stopped', () => {
  const under: Session[] = [preparing, training, { is: 'paused' }, { is: 'stopping' }];
  expect(under.every(isUnderWay)).toBe(true);
  expect([idle, interrupted('paused'), { is: 'elsewhere' } as Session].some(isUnderWay)).toBe(false);
});
