import { count as grouped } from '../../core/amounts';
import { Fault } from '../../core/fault';
import { Draws } from '../../core/random';

/** Rows dealt into k parts: each is evaluated once by what was learned from the others. */
export interface Folds {
  k: number;
  /** [count]: the fold of each row. */
  of: Int32Array;
  /** How they were made, for a protocol. */
  words: string;
}

export interface FoldOptions {
  k?: number;
  seed?: number;
  /** [count] class numbers: each fold gets its share of every class. */
  classes?: Int32Array;
  /** [count] what has to stay together (groups, duplicates) has the same number: see Units. */
  units?: Int32Array;
}

/** Rows of each unit; units in random order, large ones first, so that the small ones can even out. */
function dealingOrder(units: Int32Array, seed: number): number[][] {
  const members = new Map<number, number[]>();
  for (const [row, unit] of units.entries()) {
    const rows = members.get(unit);
    if (rows) rows.push(row);
    else members.set(unit, [row]);
  }
  const lists = [...members.values()];
  const order = new Draws({ seed, purpose: 'sample', image: lists.length }).permutation(lists.length);
  return [...order].map((place) => lists[place]).sort((a, b) => b.length - a.length);
}

/**
 * Deals rows into k folds with a fixed seed. Units go whole, one after the other, each to the fold that has fewest
 * pictures of its classes, of equals to the smallest: with units of one row the sizes of every class differ by at most 1
 * between folds. Throws a Fault when there are fewer than two units.
 */
export function dealFolds(count: number, { k = 5, seed = 0, classes, units }: FoldOptions = {}): Folds {
  const together = units ?? Int32Array.from({ length: count }, (_, row) => row);
  const dealt = dealingOrder(together, seed);
  if (dealt.length < 2)
    throw new Fault(
      'config',
      `Nothing can be held back for a test: ${count < 2 ? 'fewer than two pictures are labelled' : 'all labelled pictures form one group'}.`,
      'Label more pictures, or choose a column with more groups.',
    );
  const folds = Math.min(k, dealt.length);
  const classOf = classes ?? new Int32Array(count);
  const classCount = classOf.reduce((most, number) => Math.max(most, number), 0) + 1;
  const held = new Int32Array(folds * classCount); // [folds, classes]
  const sizes = new Int32Array(folds);
  const of = new Int32Array(count);
  for (const rows of dealt) {
    const load = (fold: number) => rows.reduce((sum, row) => sum + held[fold * classCount + classOf[row]], 0);
    const loads = Array.from(sizes, (size, fold) => ({ fold, size, load: load(fold) }));
    const { fold } = loads.reduce((a, b) => (b.load < a.load || (b.load === a.load && b.size < a.size) ? b : a));
    for (const row of rows) {
      of[row] = fold;
      held[fold * classCount + classOf[row]]++;
    }
    sizes[fold] += rows.length;
  }
  return { k: folds, of, words: foldWords(folds, seed, classes !== undefined, count, dealt.length) };
}

function foldWords(k: number, seed: number, stratified: boolean, count: number, units: number): string {
  const together =
    units < count
      ? `, ${grouped(count)} pictures in ${grouped(units)} units (same group, or nearly the same picture) that are never divided`
      : '';
  return `${k} folds${stratified ? ' with equal shares of each class' : ''}${together}, seed ${seed}`;
}
