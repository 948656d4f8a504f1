/** What went wrong, in kinds the program reacts to differently. */
export type FaultKind =
  | 'picture' // one file could not be taken in
  | 'config' // a setting does not fit
  | 'data' // stored rows are damaged or missing
  | 'storage' // the database refused: quota, blocked, newer version
  | 'device' // no usable backend, or it was lost
  | 'memory' // the device could not hold the step
  | 'diverged' // the loss is not a number
  | 'busy' // another tab holds the trainer
  | 'file'; // a dropped or given file (fixture, weights) is not what it should be

/**
 * Something the user can act on. `message` says what happened and to which file or run,
 * `advice` what to do now. Anything else that is thrown is a bug.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly advice = '',
  ) {
    super(message);
  }
}

/** A device has no room for what was to be made on it. None of it is there, and the device goes on with less. */
export class NoRoom extends Fault {
  constructor(message: string, advice = '') {
    super('memory', message, advice);
  }
}

/** Says which file it was: whoever parses bytes does not know. */
export function inFile<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof Fault) throw new Fault(cause.kind, `${name}: ${cause.message}`, cause.advice);
    throw cause;
  }
}

/** A fault as it crosses a thread: class instances do not survive a structured clone. */
export interface FaultReport {
  kind: FaultKind | 'bug';
  message: string;
  advice: string;
}

export function faultReport(cause: unknown): FaultReport {
  if (cause instanceof Fault) return { kind: cause.kind, message: cause.message, advice: cause.advice };
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    kind: 'bug',
    message,
    advice: 'This is a mistake in Lookalike. Reload the page; your pictures and the last checkpoint are kept.',
  };
}
