import { Fault } from '../../core/fault';
import type { TrainerCalls } from '../../protocol/training';
import type { Parts } from '../session/parts';
import { waitForTakeover } from '../session/showing';
import { tellCause } from '../store/faults';
import { dispatch, runUnderWay } from '../store/store';
import { ThreadLost } from '../threads/threadLost';
import { prepared } from './device';
import { trainerFailed } from './trainerLost';

type RunRequest = { [T in 'start' | 'resume' | 'extend']: { type: T } & Parameters<TrainerCalls[T]>[0] }[
  | 'start'
  | 'resume'
  | 'extend'];

/** Takes the lock and asks the trainer for a run; says so if another tab has it. Returns whether it was asked. */
export async function train(parts: Parts, request: RunRequest): Promise<boolean> {
  const { store, lock, pending } = parts;
  await pending.run; // the page knows by then that it ended
  if (runUnderWay(store.getState())) return false;
  dispatch(store, { type: 'asked' });
  if (!(await lock.take())) {
    const advice = 'Stop it there, or close that tab: training can then be taken over here.';
    tellCause(store, new Fault('busy', 'Another tab is training.', advice));
    void waitForTakeover(parts);
    return false;
  }
  return follow(parts, request);
}

/** Asks for a run with the lock held, which is given back when the trainer is done with it. */
export async function follow(parts: Parts, request: RunRequest): Promise<boolean> {
  const { store, lock, pending } = parts;
  if (!(await prepared(parts))) {
    dispatch(store, { type: 'failed', run: store.getState().training.run });
    lock.give();
    return false;
  }
  if (store.getState().training.session.is === 'stopping') {
    dispatch(store, { type: 'ended' });
    lock.give();
    return false;
  }
  pending.run = call(parts, request);
  return true;
}

async function call(parts: Parts, request: RunRequest): Promise<void> {
  const { store, threads, lock, pending } = parts;
  try {
    await threads.trainer.call(request);
    dispatch(store, { type: 'ended' });
  } catch (cause) {
    // Who lost the thread goes on with the run, or gives it up.
    if (cause instanceof ThreadLost || trainerFailed(parts, cause)) return;
    dispatch(store, { type: 'failed', run: store.getState().training.run });
  }
  pending.run = null;
  lock.give();
}
