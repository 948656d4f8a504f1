/** A column of numbers that grows at its end and may lose its oldest, such as a ring buffer. */
export interface Column {
  /** Index of the oldest value and of the newest. */
  first: number;
  last: number;
  /** Rises whenever values that were there have changed. */
  rewritten: number;
  at(index: number): number;
}

export interface Points {
  x: Float64Array;
  y: Float64Array;
}

/** Indices of the smallest and of the largest finite value of a stretch. */
interface Bucket {
  low: number;
  high: number;
  lowest: number;
  highest: number;
}

/**
 * Draws the same picture as a whole column with at most `most` points: of each bucket of values its smallest and its
 * largest, in the order they came. Buckets hold a power of two of values and begin at multiples of it, so that a growing
 * curve does not shimmer; a growing column costs what has been added to it, however long it is.
 */
export class Envelope {
  private width = 1;
  private buckets = new Map<number, Bucket>();
  private seen = 0;
  private rewritten = -1;

  constructor(private readonly most: number) {}

  /** The column as it is now. Values that are not finite are left out. */
  read(column: Column): Points {
    if (column.rewritten !== this.rewritten) this.begin(column);
    for (let index = Math.max(column.first, this.seen + 1); index <= column.last; index++)
      this.add(index, column.at(index));
    this.seen = column.last;
    for (const number of this.buckets.keys()) {
      if ((number + 1) * this.width > column.first) break;
      this.buckets.delete(number);
    }
    return this.points();
  }

  private begin({ first, rewritten }: Column): void {
    this.width = 1;
    this.buckets.clear();
    this.seen = first - 1;
    this.rewritten = rewritten;
  }

  private add(index: number, value: number): void {
    if (!Number.isFinite(value)) return;
    join(this.buckets, Math.floor(index / this.width), { low: index, high: index, lowest: value, highest: value });
    const points = this.width === 1 ? this.buckets.size : 2 * this.buckets.size;
    if (points > this.most) this.widen();
  }

  private widen(): void {
    const wider = new Map<number, Bucket>();
    for (const [number, bucket] of this.buckets) join(wider, Math.floor(number / 2), bucket);
    this.buckets = wider;
    this.width *= 2;
  }

  private points(): Points {
    const x: number[] = [];
    const y: number[] = [];
    for (const { low, high, lowest, highest } of this.buckets.values()) {
      const rising = low <= high;
      x.push(rising ? low : high);
      y.push(rising ? lowest : highest);
      if (low === high) continue;
      x.push(rising ? high : low);
      y.push(rising ? highest : lowest);
    }
    return { x: Float64Array.from(x), y: Float64Array.from(y) };
  }
}

function join(buckets: Map<number, Bucket>, number: number, { low, high, lowest, highest }: Bucket): void {
  const there = buckets.get(number);
  if (!there) {
    buckets.set(number, { low, high, lowest, highest });
    return;
  }
  if (lowest < there.lowest) {
    there.lowest = lowest;
    there.low = low;
  }
  if (highest > there.highest) {
    there.highest = highest;
    there.high = high;
  }
}
