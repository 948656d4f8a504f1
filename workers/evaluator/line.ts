import type { Turns } from './turn';

interface Asked {
  readonly dataset: string;
  readonly turns: { cancelled: boolean };
  over: Promise<void>;
}

/** Work on data sets, each piece after those that were asked for before it; under way or waiting, it can be called off. */
export class Line {
  private readonly asked = new Set<Asked>();
  private last: Promise<void> = Promise.resolve();

  /** `work` is done also when it was called off before its turn: it has somebody to tell. It must not reject. */
  add(dataset: string, work: (turns: Turns) => Promise<void>): void {
    const own: Asked = { dataset, turns: { cancelled: false }, over: this.last };
    this.asked.add(own);
    own.over = this.last.then(() => work(own.turns)).finally(() => this.asked.delete(own));
    this.last = own.over;
  }

  /** Calls off all, or what is about one data set. Resolves when that is over. */
  async callOff(dataset?: string): Promise<void> {
    const theirs = [...this.asked].filter((own) => dataset === undefined || own.dataset === dataset);
    for (const { turns } of theirs) turns.cancelled = true;
    await Promise.all(theirs.map(({ over }) => over));
  }
}
