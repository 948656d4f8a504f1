import type { Header } from '../../src/images/header/header';
import { LARGE_PIXELS } from '../../src/images/sniff';

/**
 * Small pictures that a decoder works on at a time: most of their time is waiting for the browser, to hash, to decode.
 * Of larger ones it has two, one of which is hashed while the other is decoded.
 */
const ROOM = 6;
const SMALL_PIXELS = 512 * 512;

/** What a picture takes of the room: a file of a few kilobytes may be a picture of 100 MB, of one colour. */
export function costOf({ width, height }: Pick<Header, 'width' | 'height'>): number {
  if (width * height > LARGE_PIXELS) return ROOM;
  return width * height > SMALL_PIXELS ? ROOM / 2 : 1;
}

/** Bounds what is worked on at a time, in the order in which it came. */
export class Room {
  private free = ROOM;
  private readonly waiting: { cost: number; enter: () => void }[] = [];

  /** Runs the work when there is room for it. */
  async run<T>(cost: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.waiting.push({ cost, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.free += cost;
      this.admit();
    }
  }

  private admit(): void {
    for (let first = this.waiting[0]; first && first.cost <= this.free; first = this.waiting[0]) {
      this.waiting.shift();
      this.free -= first.cost;
      first.enter();
    }
  }
}
