import { NoRoom } from '../../../core/fault';

/** Bytes of a page of WebAssembly's memory, and how many pages an address of 32 bits reaches. */
const PAGE = 2 ** 16;
const MOST_PAGES = 2 ** 16;

const noRoom = (): NoRoom =>
  new NoRoom(
    'WebAssembly has no memory left for this step.',
    'Choose a smaller batch, smaller views or a narrower encoder.',
  );

interface Range {
  begin: number;
  end: number;
}

/** A memory that is given away in ranges; it grows when none is free that is large enough. */
export class Heap {
  /** In order, and none touches the next. */
  private readonly free: Range[] = [];
  private end: number;

  /** @param from first byte that may be given away */
  constructor(
    readonly memory: WebAssembly.Memory,
    from: number,
  ) {
    this.end = from;
  }

  /** Whether so much more could be had, if this browser has it. */
  fits(bytes: number): boolean {
    return this.end + bytes <= PAGE * (MOST_PAGES - 1);
  }

  /** @throws NoRoom where there is no such range. */
  allocate(bytes: number): number {
    const found = this.free.find(({ begin, end }) => end - begin >= bytes);
    if (found) {
      const { begin } = found;
      found.begin += bytes;
      if (found.begin === found.end) this.free.splice(this.free.indexOf(found), 1);
      return begin;
    }
    const last = this.free.at(-1);
    const begin = last?.end === this.end ? last.begin : this.end;
    this.grow(begin + bytes);
    if (begin < this.end) this.free.pop();
    this.end = begin + bytes;
    return begin;
  }

  release(begin: number, bytes: number): void {
    const after = this.free.findIndex((range) => range.begin > begin);
    const at = after < 0 ? this.free.length : after;
    this.free.splice(at, 0, { begin, end: begin + bytes });
    for (const i of [at, at - 1]) {
      const [one, next] = [this.free[i], this.free[i + 1]];
      if (!one || !next || one.end < next.begin) continue;
      one.end = next.end;
      this.free.splice(i + 1, 1);
    }
  }

  private grow(end: number): void {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return;
    if (end > PAGE * (MOST_PAGES - 1)) throw noRoom();
    try {
      this.memory.grow(missing);
    } catch {
      throw noRoom();
    }
  }
}
