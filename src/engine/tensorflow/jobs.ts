import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../core/config';
import { Fault } from '../../core/fault';
import { Waiting } from '../waiting';

/**
 * Jobs of one executor, one after another in the order they were asked for. A job is synchronous: nothing else gets to
 * see TensorFlow.js, whose backend is one global setting, while it runs.
 */
export class Jobs extends Waiting {
  private last: Promise<unknown> = Promise.resolve();
  private broken: { cause: unknown } | null = null;

  constructor(
    private readonly backend: BackendName,
    lost: Promise<Fault>,
  ) {
    super(lost);
  }

  run<T>(job: () => T): Promise<T> {
    const result = this.inTurn(this.last, job);
    this.last = result.catch(() => undefined);
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
    // Another executor may have switched the backend while we waited for the switch.
    while (tf.getBackend() !== this.backend) {
      if (!(await tf.setBackend(this.backend)))
        throw new Fault('device', `TensorFlow.js could not switch to ${this.backend}.`, 'Choose another device.');
    }
    if (this.fault) throw this.fault;
    if (this.broken) throw this.broken.cause;
    return job();
  }
}
