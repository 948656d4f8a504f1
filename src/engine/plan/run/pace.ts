import { type Command, costOf } from '../lower/command';
import { inPieces } from '../memory/pieces';

/** Milliseconds of one submit at most: a screen waits for it, and a driver's watchdog ends what takes seconds. */
const MOST = 30;
/** Operations a millisecond of a slow card, as the first run has to assume: a tenth of a TFLOP/s. */
const SLOW = 1e8;
/** Operations in the time of a byte, on most cards. */
const BYTE = 20;
/** Runs by which the rate is known; their time is the least of them, as whatever else the device does passes. */
const MEASURED = 4;

function weightOf(command: Command): number {
  if (command.type !== 'dispatch') return BYTE * 4 * command.to.elements;
  const { bytes, flops } = costOf(command);
  return BYTE * bytes + flops;
}

/** How a program's commands are divided into submits. */
export class Pace {
  private readonly costs: readonly { index: number; cost: number }[];
  private readonly total: number;
  private least = Number.POSITIVE_INFINITY;
  private measured = 0;
  private ended = Number.NEGATIVE_INFINITY;
  private found: readonly (readonly [begin: number, end: number])[] | null = null;

  constructor(
    commands: readonly Command[],
    private readonly now = () => performance.now(),
    private readonly slow = SLOW,
  ) {
    this.costs = commands.map((command, index) => ({ index, cost: weightOf(command) }));
    this.total = this.costs.reduce((sum, { cost }) => sum + cost, 0);
  }

  /** Runs of commands, a submit each; longer than 30 ms only where a single command takes that long. */
  get submits(): readonly (readonly [begin: number, end: number])[] {
    this.found ??= this.divided();
    return this.found;
  }

  /** To be called when a run is handed over; what it returns, when the run has ended. */
  begin(): () => void {
    const handedOver = this.now();
    return () => {
      // Behind another run it began when that one ended.
      const began = Math.max(handedOver, this.ended);
      this.ended = this.now();
      if (this.measured === MEASURED) return;
      this.measured++;
      this.least = Math.min(this.least, this.ended - began);
      this.found = null;
    };
  }

  private divided(): readonly (readonly [begin: number, end: number])[] {
    const rate = this.measured > 0 ? this.total / this.least : this.slow;
    const pieces = inPieces(this.costs, ({ cost }) => cost, MOST * rate);
    return pieces.map((piece) => [piece[0].index, piece[piece.length - 1].index + 1]);
  }
}
