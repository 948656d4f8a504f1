import { fillTile, products, TILE, tileProducts } from './products';
import { type Rows, unitRows } from './rows';
import { allRows } from './sample';

export interface Neighbour {
  row: number;
  /** Cosine: 1 is the same direction. */
  similarity: number;
}

/** The k nearest rows of each query, nearest first; row -1 where there were fewer than k. */
export interface NearestTable {
  k: number;
  /** [queries]: the row of the bank that each query is, or its number among the query vectors. */
  queries: Int32Array;
  /** [queries, k] */
  rows: Int32Array;
  /** [queries, k] */
  similarities: Float64Array;
}

/** Neighbours under construction: per query k places in falling order, row -1 where none is known yet. */
export class Places {
  readonly rows: Int32Array;
  readonly values: Float64Array;

  constructor(
    queries: number,
    private readonly k: number,
  ) {
    this.rows = new Int32Array(queries * k).fill(-1);
    this.values = new Float64Array(queries * k).fill(-Infinity);
  }

  /** Takes a row in if it is nearer than the last. Of equals the one offered first stays first. A NaN is never taken. */
  offer(query: number, row: number, score: number): void {
    const { rows, values, k } = this;
    const first = query * k;
    let place = first + k - 1;
    if (!(score > values[place])) return;
    for (; place > first && values[place - 1] < score; place--) {
      values[place] = values[place - 1];
      rows[place] = rows[place - 1];
    }
    values[place] = score;
    rows[place] = row;
  }
}

/** Rows prepared once for many searches by cosine, exhaustively: no approximation. */
export class CosineIndex {
  readonly count: number;
  readonly dim: number;
  /** The rows scaled to length 1. */
  readonly unit: Rows;
  private readonly scores: Float64Array;

  /** Of values [count, dim], copied; with `inPlace` the caller's array is scaled and kept instead. */
  constructor(values: Float32Array, count: number, dim: number, { inPlace = false } = {}) {
    this.unit = unitRows({ values, count, dim }, inPlace);
    this.count = count;
    this.dim = dim;
    this.scores = new Float64Array(TILE * count);
  }

  /** The k rows nearest to row `row`, itself excluded; fewer where there are no more. */
  nearest(row: number, k: number, exclude = row): Neighbour[] {
    return this.search(this.unit.values.subarray(row * this.dim, (row + 1) * this.dim), k, exclude);
  }

  /** Cosine of every row with a vector [dim] of length 1: [count]. */
  similaritiesTo(vector: Float32Array): Float32Array {
    products(this.unit, vector, this.scores);
    return Float32Array.from(this.scores.subarray(0, this.count));
  }

  /** The k rows nearest to a vector [dim] of any length. */
  nearestTo(vector: Float32Array, k: number): Neighbour[] {
    return this.search(unitRows({ values: vector, count: 1, dim: this.dim }).values, k, -1);
  }

  /** The k nearest rows of each of these rows, itself excluded. */
  nearestOfRows(queries: Int32Array, k: number): NearestTable {
    if (2 * queries.length <= this.count) return this.table(this.unit, queries, k, true);
    // Most rows ask: each pair's product serves both, which is half the work.
    const all = this.tableOfAll(k);
    const table = new Places(queries.length, k);
    for (const [i, query] of queries.entries()) {
      table.rows.set(all.rows.subarray(query * k, (query + 1) * k), i * k);
      table.values.set(all.values.subarray(query * k, (query + 1) * k), i * k);
    }
    return { k, queries, rows: table.rows, similarities: table.values };
  }

  /** The k nearest rows of each of these vectors: `queries` picks rows of `vectors`, nothing is excluded. */
  nearestOfVectors(vectors: Rows, queries: Int32Array, k: number): NearestTable {
    return this.table(unitRows(vectors), queries, k, false);
  }

  private search(vector: Float32Array, k: number, exclude: number): Neighbour[] {
    const width = Math.max(0, Math.min(k, this.count));
    if (width === 0) return [];
    const places = new Places(1, width);
    products(this.unit, vector, this.scores);
    for (let row = 0; row < this.count; row++) if (row !== exclude) places.offer(0, row, this.scores[row]);
    const found = Array.from(places.rows, (row, i) => ({ row, similarity: places.values[i] }));
    return found.filter(({ row }) => row >= 0);
  }

  private table(vectors: Rows, queries: Int32Array, k: number, leaveOut: boolean): NearestTable {
    const { count, scores } = this;
    const places = new Places(queries.length, k);
    const tile = new Float64Array(this.dim * TILE);
    for (let from = 0; from < queries.length; from += TILE) {
      fillTile(tile, vectors, queries, from);
      tileProducts(this.unit, tile, scores);
      for (let query = from; query < Math.min(from + TILE, queries.length); query++) {
        const [exclude, at] = [leaveOut ? queries[query] : -1, (query - from) * count];
        for (let row = 0; row < count; row++) if (row !== exclude) places.offer(query, row, scores[at + row]);
      }
    }
    return { k, queries, rows: places.rows, similarities: places.values };
  }

  /** Rows are offered to each other in rising order, so that equals keep theirs. */
  private tableOfAll(k: number): Places {
    const places = new Places(this.count, k);
    const tile = new Float64Array(this.dim * TILE);
    const numbers = allRows(this.count);
    for (let from = 0; from < this.count; from += TILE) {
      const before = { ...this.unit, count: Math.min(from + TILE, this.count) };
      fillTile(tile, this.unit, numbers, from);
      tileProducts(before, tile, this.scores);
      for (let row = from; row < before.count; row++)
        for (let other = 0, at = (row - from) * before.count; other < row; other++, at++) {
          places.offer(row, other, this.scores[at]);
          places.offer(other, row, this.scores[at]);
        }
    }
    return places;
  }
}
