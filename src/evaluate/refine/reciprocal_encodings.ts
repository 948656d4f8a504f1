import type { NeighbourTable } from './all_pairs';

/** Sparse rows [count, count], each of sum 1: row i has weights[starts[i] .. starts[i + 1]) in those columns. */
export interface Encodings {
  starts: Int32Array;
  columns: Int32Array;
  weights: Float32Array;
}

/** Sparse rows under construction. */
class Growing {
  private columns = new Int32Array(1024);
  private weights = new Float32Array(1024);
  private used = 0;

  add(column: number, weight: number): void {
    if (this.used === this.columns.length) {
      const [columns, weights] = [new Int32Array(2 * this.used), new Float32Array(2 * this.used)];
      columns.set(this.columns);
      weights.set(this.weights);
      [this.columns, this.weights] = [columns, weights];
    }
    this.columns[this.used] = column;
    this.weights[this.used++] = weight;
  }

  get size(): number {
    return this.used;
  }

  done(starts: Int32Array): Encodings {
    return { starts, columns: this.columns.slice(0, this.used), weights: this.weights.slice(0, this.used) };
  }
}

/** Of each row itself and those of its k nearest that have it among theirs. */
function mutualLists({ rows, k: width }: NeighbourTable, count: number, k: number): Int32Array[] {
  const holds = (row: number, wanted: number): boolean => {
    for (let at = row * width; at < row * width + k; at++) if (rows[at] === wanted) return true;
    return false;
  };
  return Array.from({ length: count }, (_, row) => {
    const found = [row];
    for (let at = row * width; at < row * width + Math.min(k, width); at++)
      if (rows[at] >= 0 && holds(rows[at], row)) found.push(rows[at]);
    return Int32Array.from(found);
  });
}

/**
 * Each row's k-reciprocal set: its mutual k nearest, and the mutual k / 2 nearest of each of these of which more than two
 * thirds are in it already; weights exp(-distance), the distance in units of the row's largest.
 * Zhong et al. 2017, arXiv:1701.08398, equations 3 and 7.
 */
export function reciprocalEncodings(pairs: NeighbourTable, cosine: (a: number, b: number) => number): Encodings {
  const { k, lowest } = pairs;
  const count = lowest.length;
  const near = mutualLists(pairs, count, k);
  const half = mutualLists(pairs, count, Math.round(k / 2));
  const starts = new Int32Array(count + 1);
  const sparse = new Growing();
  const inNear = new Int32Array(count).fill(-1);
  const inWide = new Int32Array(count).fill(-1);
  for (let row = 0; row < count; row++) {
    for (const one of near[row]) inNear[one] = row;
    const wide: number[] = [];
    const take = (one: number): void => {
      if (inWide[one] === row) return;
      inWide[one] = row;
      wide.push(one);
    };
    near[row].forEach(take);
    for (const candidate of near[row]) {
      const its = half[candidate];
      let shared = 0;
      for (const one of its) if (inNear[one] === row) shared++;
      if (3 * shared > 2 * its.length) its.forEach(take);
    }
    const farthest = Math.max(1 - lowest[row], 1e-12);
    const weights = wide.map((one) => Math.exp((cosine(row, one) - 1) / farthest));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const [i, one] of wide.entries()) sparse.add(one, weights[i] / sum);
    starts[row + 1] = sparse.size;
  }
  return sparse.done(starts);
}

/** Each row's weights averaged with those of its k2 - 1 nearest (local query expansion, ibid. 3.4). */
export function expanded({ starts, columns, weights }: Encodings, pairs: NeighbourTable, k2: number): Encodings {
  const { rows, k, lowest } = pairs;
  const count = lowest.length;
  const ends = new Int32Array(count + 1);
  const sparse = new Growing();
  const sums = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const touched: number[] = [];
    const others = Array.from(rows.subarray(row * k, row * k + k2 - 1)).filter((one) => one >= 0);
    for (const one of [row, ...others])
      for (let at = starts[one]; at < starts[one + 1]; at++) {
        if (sums[columns[at]] === 0) touched.push(columns[at]);
        sums[columns[at]] += weights[at] / (others.length + 1);
      }
    for (const column of touched) {
      sparse.add(column, sums[column]);
      sums[column] = 0;
    }
    ends[row + 1] = sparse.size;
  }
  return sparse.done(ends);
}
