/** Text for each of 0 .. count - 1, a line each: loops that are unrolled. */
export const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
