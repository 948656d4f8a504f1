/**
 * A picture [rows, columns, channels] turned and mirrored as EXIF orientation 1 to 8 says (EXIF 2.32, 4.6.4 A). From 5 on
 * rows become columns.
 */
export function orient(
  pixels: Uint8Array,
  columns: number,
  rows: number,
  orientation: number,
  channels = 1,
): Uint8Array {
  if (orientation <= 1) return pixels;
  const turned = new Uint8Array(pixels.length);
  const exchanged = orientation >= 5;
  const mirrored = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const flipped = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  for (let y = 0, from = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, from += channels) {
      // Orientation 6: shown rows are stored columns, and the stored bottom is shown left.
      const across = mirrored ? columns - 1 - x : x;
      const down = flipped ? rows - 1 - y : y;
      const to = (exchanged ? across * rows + down : down * columns + across) * channels;
      for (let c = 0; c < channels; c++) turned[to + c] = pixels[from + c];
    }
  return turned;
}
