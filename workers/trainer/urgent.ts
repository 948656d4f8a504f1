import { TaskQueue } from '../task_queue';

/** Lets messages in: resolves after every task that is waiting now has run. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Short tasks that a user waits for, such as why two pictures are similar. They begin at once, one at a time; whatever else
 * the trainer does (a run, an evaluation, an embedding) waits for them at its next pause.
 */
export class Urgent {
  private readonly queue = new TaskQueue();
  private waiting = 0;

  async run<T>(task: () => Promise<T>): Promise<T> {
    this.waiting++;
    try {
      return await this.queue.run(task);
    } finally {
      this.waiting--;
    }
  }

  /** A pause of everything else: lets messages in, then waits until no urgent task is left. */
  readonly giveWay = async (): Promise<void> => {
    await breathe();
    while (this.waiting > 0) await this.queue.run(async () => undefined);
  };
}
