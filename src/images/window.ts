/** A picture or one plane of it, as rows of bytes. */
export interface Source {
  /** Where its first byte is among the loaded bytes, and from there the bytes from row to row. */
  offset: number;
  stride: number;
  /** Bytes a pixel, each a channel of its own: 1 for a plane, 3 or 4 for pixels. */
  channels: number;
  /** Places that exist. */
  columns: number;
  rows: number;
  /** Extent in places: less than `columns` by a half where the last place of a subsampled plane covers too much. */
  width: number;
  height: number;
}

/** The part of the resized picture that is wanted. */
export interface Window {
  /** Size of the whole resized picture. */
  width: number;
  height: number;
  left: number;
  top: number;
  columns: number;
  rows: number;
}
