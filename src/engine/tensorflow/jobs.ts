import * as tf from '@tensorflow/tfjs-core';
import { Fault } from '../../core/fault';
import { Waiting } from '../waiting';

/** The end of the last job of any executor. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Jobs of one executor. TensorFlow.js has one backend at a time, and takes a while to switch: a job is synchronous, and all
 * jobs of all executors run one after another in the order they were asked for.
 */
export class Jobs extends Waiting {
  private broken: { cause: unknown } | null = null;

  constructor(
    private readonly backend: string,
    lost: Promise<Fault>,
  ) {
    super(lost);
  }

  run<T>(job: () => T): Promise<T> {
    const result = this.inTurn(last, job);
    last = result.catch(() => undefined);
    return result;
  }

  /** A job nobody waits for. If it fails, every later one does. */
  runUnwatched(job: () => void): void {
    this.run(job).catch((cause) => {
      this.broken ??= { cause };
    });
  }

  private async inTurn<T>(before: Promise<unknown>, job: () => T): Promise<T> {
    await before;
    if (tf.getBackend() !== this.backend && !(await tf.setBackend(this.backend)))
      throw new Fault('device', `TensorFlow.js could not switch to ${this.backend}.`, 'Choose another device.');
    if (this.fault) throw this.fault;
    if (this.broken) throw this.broken.cause;
    return job();
  }
}
