import { elements, type Tensor } from '../../../graph/tensor';
import type { Pass } from '../../schedule';
import type { Lowering } from '../lower/lowering';

// A sum over very many terms with few results is divided into parts, so that enough threads work on it.

/** Elements that the parts of one gradient take at most: 4 MB. */
const MOST = 2 ** 20;
/** Those of a small gradient, 256 KB, stay for the optimizer, which adds them up as it reads. */
const SMALL = 2 ** 16;

/** Parts of a sum with `size` results, where `wanted` would fill the device and there are `terms` to share. */
export const partsOfGradient = (size: number, wanted: number, terms: number): number =>
  Math.max(1, Math.min(terms, wanted, Math.floor(MOST / size)));

/**
 * The gradient at `w` as that many parts: the slot to write them to, one after the other. What is returned gives it to `w`:
 * small parts as they are, large ones added up, so that their memory is the next layer's.
 */
export function partialGradient(to: Lowering, label: string, w: Tensor, pass: Pass, parts: number) {
  const size = elements(w.shape);
  const apart = parts === 1 || parts * size <= SMALL;
  const slot = to.slot(label, parts * size, { home: apart ? 'sums' : 'pool' });
  const give = (): void => {
    to.give(w, pass, { slot, offset: 0, count: parts, stride: size, factor: 1 });
    if (!apart) to.gradientOf(w, pass);
  };
  return { slot, give };
}
