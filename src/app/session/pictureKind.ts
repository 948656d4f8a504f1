import { count } from '../../core/amounts';
import type { RecipeName } from '../../core/config';
import type { Dataset } from '../../core/records';

/** Pictures below which nothing is said of all. */
const FEWEST = 8;
/** Share of the pictures that decides. */
const NEARLY_ALL = 0.9;
const MOST = 0.6;

/** The recipe for pictures that look like these, and one sentence why. */
export function kindOf({ count, looks }: Pick<Dataset, 'count' | 'looks'>): { recipe: RecipeName; why: string | null } {
  if (!looks || count < FEWEST) return { recipe: 'natural', why: null };
  const { grey, plain } = looks;
  if (grey >= NEARLY_ALL * count)
    return { recipe: 'grey', why: `Chosen because ${shareWords(grey, count)} pictures have no colour.` };
  if (plain >= MOST * count)
    return {
      recipe: 'product',
      why: `Chosen because ${shareWords(plain, count)} pictures show a thing on a plain ground.`,
    };
  return { recipe: 'natural', why: 'Chosen because most pictures are in colour and show whole scenes.' };
}

/** 'all 300', '280 of 300' */
const shareWords = (some: number, all: number): string =>
  some === all ? `all ${count(all)}` : `${count(some)} of ${count(all)}`;
