import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../core/config';
import { Fault } from '../../core/fault';

/** Milliseconds. */
const MOMENT = 200;

/**
 * Jobs of one executor, one after another in the order they were asked for. A job is synchronous: nothing else gets to
 * see TensorFlow.js, whose backend is one global setting, while it runs.
 */
export class Jobs {
  private last: Promise<unknown> = Promise.resolve();
  private broken: { cause: unknown } | null = null;

  /** @param lost never resolves while the device lives, then with the fault that everything afterwards throws. */
  constructor(
    private readonly backend: BackendName,
    private readonly lost: Promise<Fault>,
  ) {
    lost.then((cause) => {
      this.broken = { cause };
    });
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

  /** Waits for something of the device, but not for ever once it is lost. */
  async orLost<T>(promise: Promise<T>): Promise<T> {
    const gone = this.lost.then((fault): never => {
      throw fault;
    });
    try {
      return await Promise.race([promise, gone]);
    } catch (cause) {
      // Reads from a lost device are refused a moment before we are told that it is lost.
      const moment = new Promise<null>((resolve) => setTimeout(resolve, MOMENT, null));
      throw (await Promise.race([this.lost, moment])) ?? cause;
    }
  }

  private async inTurn<T>(before: Promise<unknown>, job: () => T): Promise<T> {
    await before;
    // Another executor may have switched the backend while we waited for the switch.
    while (tf.getBackend() !== this.backend) {
      if (!(await tf.setBackend(this.backend)))
        throw new Fault('device', `TensorFlow.js could not switch to ${this.backend}.`, 'Choose another device.');
    }
    if (this.broken) throw this.broken.cause;
    return job();
  }
}
