/** Mean of y over a window that slides along, `share` of the points wide: the trend under the noise. */
export function trend(y: Float64Array, share = 0.04, least = 9): Float64Array {
  const reach = Math.floor(Math.max(least, y.length * share) / 2);
  const sums = new Float64Array(y.length + 1);
  for (let i = 0; i < y.length; i++) sums[i + 1] = sums[i] + y[i];
  return y.map((_, i) => {
    // The window narrows towards both ends, and stays even-handed there: no lag, no invented trend.
    const wide = Math.min(reach, i, y.length - 1 - i);
    return (sums[i + wide + 1] - sums[i - wide]) / (2 * wide + 1);
  });
}
