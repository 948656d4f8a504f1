/** Where a run's pictures come from. Learning knows no database: whoever opens a run says how rows are read. */
export interface PixelSource {
  /** Pictures: rows 0 .. count - 1. */
  readonly count: number;
  /** The rows that steps draw from; absent: all. */
  readonly drawn?: Int32Array;
  /** Side of its squares: 1.25 times that of views, which are cropped of them; or the views' own where whole pictures are seen. */
  readonly side: number;
  /** uint8 [rows.length, side, side, 3], in the order of `rows`. */
  read(rows: ArrayLike<number>): Promise<Uint8Array>;
}
