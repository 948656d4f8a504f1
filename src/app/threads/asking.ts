import type { Fault } from '../../core/fault';

interface Waiting {
  send(): void;
  /** It was asked of a second thread. */
  again: boolean;
  resolve(answer: unknown): void;
  reject(cause: Fault): void;
}

/** Questions to a thread that are answered one by one, told apart by their tickets. */
export class Questions {
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** Puts a question; `send` gets its ticket. */
  ask<T>(send: (ticket: number) => void): Promise<T> {
    const ticket = ++this.last;
    return new Promise<T>((resolve, reject) => {
      const waiting = {
        send: () => send(ticket),
        again: false,
        resolve: (answer: unknown) => resolve(answer as T),
        reject,
      };
      this.waiting.set(ticket, waiting);
      waiting.send();
    });
  }

  /** Whether it was one of these. */
  answer(ticket: number, answer: unknown): boolean {
    const found = this.take(ticket);
    found?.resolve(answer);
    return found !== undefined;
  }

  refuse(ticket: number, cause: Fault): boolean {
    const found = this.take(ticket);
    found?.reject(cause);
    return found !== undefined;
  }

  /** The thread is gone: what waits is asked of the next one, and refused if that one is gone as well. */
  askAgain(cause: Fault): void {
    for (const [ticket, waiting] of [...this.waiting]) {
      if (waiting.again) this.refuse(ticket, cause);
      else {
        waiting.again = true;
        waiting.send();
      }
    }
  }

  /** The thread is gone: nobody answers any more. */
  refuseAll(cause: Fault): void {
    for (const ticket of [...this.waiting.keys()]) this.refuse(ticket, cause);
  }

  private take(ticket: number): Waiting | undefined {
    const found = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    return found;
  }
}
