/** Which class was taken for which, and by which pictures. */
export class Confusion {
  /** [classes, classes]: pictures of the class of the row that were taken for that of the column. */
  readonly counts: Int32Array;

  constructor(
    readonly names: readonly string[],
    /** [tested] rows of the data set, their classes, and what they were taken for. */
    readonly rows: Int32Array,
    readonly truth: Int32Array,
    readonly predicted: Int32Array,
  ) {
    this.counts = new Int32Array(names.length ** 2);
    for (let i = 0; i < rows.length; i++) this.counts[truth[i] * names.length + predicted[i]]++;
  }

  /** Pictures behind a cell, as rows of the data set. */
  rowsBehind(truth: number, predicted: number): Int32Array {
    return this.rows.filter((_, i) => this.truth[i] === truth && this.predicted[i] === predicted);
  }
}
