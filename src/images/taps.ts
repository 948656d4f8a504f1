/** Weights are whole numbers of 2^-14: they fit 16 bits with their sign, and sums of a thousand of them 32. */
export const SHIFT = 14;
const ONE = 1 << SHIFT;

/** Weights of a resize in one dimension, ready for the kernel. */
export interface Taps {
  /** First input place that each output place reads. */
  first: Int32Array;
  /** `length` weights an output place. */
  weights: Int16Array;
  length: number;
}

/** A filter of PIL's: its weight at a distance from the centre, which is zero from `reach` on. */
interface Filter {
  reach: number;
  weight(x: number): number;
}

const FILTERS = {
  /** Cubic convolution with a = -1/2 (Keys 1981): PIL's BICUBIC. */
  bicubic: {
    reach: 2,
    weight: (x) => {
      const t = Math.abs(x);
      return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((-0.5 * t + 2.5) * t - 4) * t + 2;
    },
  },
  /** A sinc under Hamming's window: PIL's HAMMING, for shrinking. Sharp as the bicubic, of half its weights. */
  hamming: {
    reach: 1,
    weight: (x) => (x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.54 + 0.46 * Math.cos(Math.PI * x))),
  },
} satisfies Record<string, Filter>;

export type FilterName = keyof typeof FILTERS;

/**
 * Antialiased weights as PIL computes them: the filter is as wide as an output place when shrinking, and one
 * input place wide when growing. The whole of `size` input places, of which `places` exist (a subsampled plane may
 * cover half a place more), becomes `output` places; those from `from` on are made, `count` of them.
 * @param multiple the number of weights a place is rounded up to a multiple of this, with zeros
 */
export function resizeTaps(
  filter: FilterName,
  size: number,
  places: number,
  output: number,
  from: number,
  count: number,
  multiple: number,
): Taps {
  const { reach, weight } = FILTERS[filter];
  const scale = size / output;
  const width = Math.max(1, scale);
  const radius = reach * width;
  // An interval of twice the radius holds no more whole places than this.
  const length = Math.ceil(Math.min(places, Math.ceil(2 * radius)) / multiple) * multiple;
  const first = new Int32Array(count);
  const weights = new Int16Array(count * length);
  const exact = new Float64Array(length + 1);
  for (let i = 0; i < count; i++) {
    const centre = (from + i + 0.5) * scale;
    const begin = Math.min(places - 1, Math.max(0, Math.floor(centre - radius + 0.5)));
    const end = Math.max(begin + 1, Math.min(places, begin + length, Math.floor(centre + radius + 0.5)));
    for (let j = begin; j < end; j++) exact[j - begin] = weight((j + 0.5 - centre) / width);
    // Zeros go before the weights where they would read past the end.
    first[i] = Math.min(begin, Math.max(0, places - length));
    quantise(exact, end - begin, weights, i * length + begin - first[i]);
  }
  return { first, weights, length };
}

/** Writes whole weights whose sum is exactly one, so that a flat field stays as it is. The largest takes the difference. */
function quantise(exact: Float64Array, count: number, weights: Int16Array, at: number): void {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += exact[j];
  let rest = ONE;
  let largest = at;
  for (let j = 0; j < count; j++) {
    const weight = Math.round((exact[j] / sum) * ONE);
    weights[at + j] = weight;
    rest -= weight;
    if (weight > weights[largest]) largest = at + j;
  }
  weights[largest] += rest;
}
