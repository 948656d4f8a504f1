import { NoRoom } from '../core/fault';
import type { Program } from '../graph/program';
import type { Executable, Executor } from './executor';

/** A pass over pictures, of `most` at a time or of the largest half, quarter, ... that the device has room for. */
export async function compileFitting(
  executor: Executor,
  programOf: (batch: number) => Program,
  most: number,
): Promise<{ executable: Executable; batch: number }> {
  for (let batch = most; ; batch = Math.floor(batch / 2)) {
    try {
      return { executable: await executor.compile(programOf(batch)), batch };
    } catch (cause) {
      if (!(cause instanceof NoRoom) || batch < 2) throw cause;
    }
  }
}
