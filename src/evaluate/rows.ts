/** Embeddings [count, dim], row-major: row i is values[i * dim .. (i + 1) * dim). */
export interface Rows {
  values: Float32Array;
  count: number;
  dim: number;
}

export function checkRows({ values, count, dim }: Rows, where: string): void {
  if (values.length !== count * dim) throw new Error(`${where}: [${count}, ${dim}] of ${values.length} numbers`);
}

/** The rows scaled to length 1 in a new array, or in their own place; a row of zeros stays one. */
export function unitRows(rows: Rows, inPlace = false): Rows {
  checkRows(rows, 'unitRows');
  const { count, dim } = rows;
  const values = inPlace ? rows.values : rows.values.slice();
  for (let row = 0, at = 0; row < count; row++, at += dim) {
    let squares = 0;
    for (let i = at; i < at + dim; i++) squares += values[i] * values[i];
    const scale = 1 / Math.max(Math.sqrt(squares), 1e-12);
    for (let i = at; i < at + dim; i++) values[i] *= scale;
  }
  return { values, count, dim };
}

/** The rows with these numbers, in this order, in a new array. */
export function pickRows({ values, dim }: Rows, numbers: ArrayLike<number>): Rows {
  const picked = new Float32Array(numbers.length * dim);
  for (let i = 0; i < numbers.length; i++)
    picked.set(values.subarray(numbers[i] * dim, (numbers[i] + 1) * dim), i * dim);
  return { values: picked, count: numbers.length, dim };
}
