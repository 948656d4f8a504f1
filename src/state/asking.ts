import type { Fault } from '../core/fault';

interface Waiting {
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
      this.waiting.set(ticket, { resolve: (answer) => resolve(answer as T), reject });
      send(ticket);
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
