/** What was asked of the threads and is not answered yet, or was asked last. */
export class Pending {
  /** The trainer's choice of a device. */
  device: Promise<boolean> | null = null;
  /** The run that the trainer was called for. */
  run: Promise<void> | null = null;
  /** What the last baseline was asked for, so that it is not asked for twice. */
  baseline = '';
  /** What encoders were last evaluated for. */
  evaluation = '';
}
