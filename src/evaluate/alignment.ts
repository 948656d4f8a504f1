import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import { type Rows, unitRows } from './rows';

/**
 * Mean squared distance between the unit embeddings of two views of a picture: 0 when views do not matter.
 * Wang & Isola 2020, Understanding Contrastive Representation Learning, equation 1 with alpha = 2.
 */
export function alignment(first: Rows, second: Rows): Measure {
  const [a, b] = [unitRows(first).values, unitRows(second).values];
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2;
  return {
    name: 'alignment',
    value: squares / first.count,
    protocol: `Mean squared distance of two frozen views of ${grouped(first.count)} pictures at length 1: 0 is best.`,
  };
}
