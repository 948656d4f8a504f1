/** Where a run's pictures come from. Learning knows no database: whoever opens a run says how rows are read. */
export interface PixelSource {
  /** Pictures: rows 0 .. count - 1. */
  readonly count: number;
  /** Side of the stored squares, 1.25 times that of the views. */
  readonly side: number;
  /** uint8 [rows.length, side, side, 3], in the order of `rows`. */
  read(rows: ArrayLike<number>): Promise<Uint8Array>;
}
