/** Picture `i` of [n, side, side, 4] bytes. */
export const nthPicture = (pictures: Uint8ClampedArray, i: number, side: number): Uint8ClampedArray =>
  pictures.subarray(i * side * side * 4, (i + 1) * side * side * 4);
