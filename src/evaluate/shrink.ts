/** Side of the pictures that the baselines compare. */
export const SMALL = 32;

const PRECISION = 22;

/** One output pixel: the first input pixel it reads, and the weights of that and the next ones, in 1 / 2^22. */
interface Tap {
  first: number;
  weights: Int32Array;
}

/** Keys' cubic kernel, a = -1/2. */
function cubic(x: number): number {
  const at = Math.abs(x);
  if (at < 1) return (1.5 * at - 2.5) * at * at + 1;
  return at < 2 ? -0.5 * (((at - 5) * at + 8) * at - 4) : 0;
}

function taps(from: number, to: number): Tap[] {
  const scale = from / to;
  const stretch = Math.max(1, scale); // shrinking widens the kernel, so that nothing aliases
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - 2 * stretch + 0.5));
    const last = Math.min(from, Math.trunc(centre + 2 * stretch + 0.5));
    const raw = Array.from({ length: last - first }, (_, x) => cubic((x + first - centre + 0.5) / stretch));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const fixed = raw.map((weight) => (weight / sum) * 2 ** PRECISION);
    return { first, weights: Int32Array.from(fixed, (weight) => Math.trunc(weight + (weight < 0 ? -0.5 : 0.5))) };
  });
}

/** Resizes lines of RGB pixels: `step` bytes from pixel to pixel of a line, `line` bytes from line to line. */
function pass(
  { source, from, step, line }: { source: Uint8Array; from: number; step: number; line: number },
  { target, to, toStep, toLine }: { target: Uint8ClampedArray; to: number; toStep: number; toLine: number },
  lines: number,
  table: Tap[],
): void {
  for (let i = 0; i < lines; i++)
    for (let x = 0; x < table.length; x++) {
      const { first, weights } = table[x];
      for (let channel = 0; channel < 3; channel++) {
        let sum = 1 << (PRECISION - 1);
        let at = from + i * line + first * step + channel;
        for (let j = 0; j < weights.length; j++, at += step) sum += source[at] * weights[j];
        target[to + i * toLine + x * toStep + channel] = sum >> PRECISION;
      }
    }
}

/**
 * Square pictures [count, side, side, 3] at 32 x 32: bicubic with the kernel widened when shrinking, rows first, rounded
 * to bytes between, in fixed point: the very numbers of Pillow's Image.resize, which the reference baselines use
 * (https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c).
 */
export function shrink(pixels: Uint8Array, count: number, side: number): Uint8Array {
  if (side === SMALL) return pixels;
  const table = taps(side, SMALL);
  const narrow = new Uint8ClampedArray(side * SMALL * 3);
  const small = new Uint8ClampedArray(count * SMALL * SMALL * 3);
  const between = new Uint8Array(narrow.buffer);
  for (let picture = 0; picture < count; picture++) {
    const whole = { source: pixels, from: picture * side * side * 3, step: 3, line: side * 3 };
    pass(whole, { target: narrow, to: 0, toStep: 3, toLine: SMALL * 3 }, side, table);
    const columns = { source: between, from: 0, step: SMALL * 3, line: 3 };
    const to = picture * SMALL * SMALL * 3;
    pass(columns, { target: small, to, toStep: SMALL * 3, toLine: 3 }, SMALL, table);
  }
  return new Uint8Array(small.buffer);
}
