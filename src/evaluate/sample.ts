import { count } from '../core/amounts';
import { Draws } from '../core/random';

/** Products of two numbers that one measure may take: about a second of one thread. */
const BUDGET = 2 ** 31;
/** Fewer queries than this say too little to be worth the time saved. */
const LEAST = 256;

/** Choosing the nearest of a row's products costs about as much as so many columns. */
const CHOICE = 128;

/** Queries that can be held against `count` rows of `dim` numbers within `patience` times the usual budget. */
export const affordableQueries = (count: number, dim: number, patience = 1): number =>
  Math.max(LEAST, Math.floor((patience * BUDGET) / Math.max(1, count * Math.max(dim, CHOICE))));

/** All of `numbers`, or `most` of them drawn without replacement, the same ones each time, in rising order. */
export function sampleRows(numbers: Int32Array, most: number, seed = 0): Int32Array {
  if (numbers.length <= most) return numbers;
  const order = new Draws({ seed, purpose: 'sample', image: numbers.length }).permutation(numbers.length);
  return order
    .subarray(0, most)
    .sort()
    .map((place) => numbers[place]);
}

export const allRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

/** 'all 400 queries', or 'sampled 2,000 of 10,000 queries'. */
export const sampledWords = (taken: number, of: number, what = 'queries'): string =>
  taken === of ? `all ${count(of)} ${what}` : `sampled ${count(taken)} of ${count(of)} ${what}`;
