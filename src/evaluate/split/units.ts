/** Sets of rows that have to stay together, merged as pairs become known (union-find with path halving). */
export class Units {
  private readonly parent: Int32Array;

  constructor(readonly count: number) {
    this.parent = Int32Array.from({ length: count }, (_, row) => row);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.root(a), this.root(b)];
    this.parent[Math.max(first, second)] = Math.min(first, second); // the lowest row stands for its unit
  }

  /** Joins all rows that share a key; rows whose key is null stay as they are. */
  joinEqual(keys: readonly (string | number | null)[]): void {
    const first = new Map<string | number, number>();
    for (const [row, key] of keys.entries()) {
      if (key === null) continue;
      const before = first.get(key);
      if (before === undefined) first.set(key, row);
      else this.join(before, row);
    }
  }

  /** Units numbered 0, 1, ... in the order of their first rows, a number a row. */
  numbers(): Int32Array {
    const numbers = new Int32Array(this.count);
    let units = 0;
    for (let row = 0; row < this.count; row++) {
      const root = this.root(row);
      numbers[row] = root === row ? units++ : numbers[root];
    }
    return numbers;
  }

  private root(row: number): number {
    const { parent } = this;
    let at = row;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
