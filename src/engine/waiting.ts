import type { Fault } from '../core/fault';

/** Milliseconds. */
const MOMENT = 200;

/** Everything that is waited for of one device, and that is given up when the device is lost. */
export class Waiting {
  private readonly rejects = new Set<(fault: Fault) => void>();
  /** Set once the device is lost: nothing works on it any more. */
  fault: Fault | null = null;

  /** @param lost never resolves while the device lives, then with what everything throws from then on. */
  constructor(private readonly lost: Promise<Fault>) {
    lost.then((fault) => {
      this.fault = fault;
      for (const reject of this.rejects) reject(fault);
    });
  }

  /** Waits for something of the device, but not for ever once it is lost. */
  async orLost<T>(promise: Promise<T>): Promise<T> {
    if (this.fault) throw this.fault;
    try {
      // Not a race against `lost`: a promise that never settles would keep a reaction of every step.
      return await new Promise<T>((resolve, reject) => {
        this.rejects.add(reject);
        promise.then(resolve, reject).finally(() => this.rejects.delete(reject));
      });
    } catch (cause) {
      // Reads from a lost device are refused a moment before we are told that it is lost.
      const moment = new Promise<null>((resolve) => setTimeout(resolve, MOMENT, null));
      throw this.fault ?? (await Promise.race([this.lost, moment])) ?? cause;
    }
  }
}
