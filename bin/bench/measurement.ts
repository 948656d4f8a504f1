/** Samples of one case, in the order they were taken. */
export interface Measurement {
  row: string;
  case: string;
  unit: string;
  samples: number[];
}

export interface Summary extends Measurement {
  median: number;
  low: number;
  high: number;
}

/** One thing to be measured again and again. */
export interface Case {
  name: string;
  unit: string;
  sample(): Promise<number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const summary = (measurement: Measurement): Summary => ({
  ...measurement,
  median: median(measurement.samples),
  low: Math.min(...measurement.samples),
  high: Math.max(...measurement.samples),
});

/**
 * Samples every case in turn, `rounds` times: whatever else the machine does meanwhile, it does to all of them. A first
 * round is not counted.
 */
export async function interleaved(row: string, cases: readonly Case[], rounds: number): Promise<Measurement[]> {
  const measurements = cases.map(({ name, unit }): Measurement => ({ row, case: name, unit, samples: [] }));
  for (let round = 0; round <= rounds; round++)
    for (const [i, { name, sample }] of cases.entries()) {
      process.stderr.write(`${row}: ${name}, ${round === 0 ? 'warming up' : `${round} of ${rounds}`}\n`);
      const value = await sample();
      if (round > 0) measurements[i].samples.push(value);
    }
  return measurements;
}

/** Numbers a person can compare: three digits. */
const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

export function table(summaries: readonly Summary[]): string {
  const lines = summaries.map((one) => [
    one.row,
    one.case,
    shown(one.median),
    `${shown(one.low)} to ${shown(one.high)}`,
    one.unit,
  ]);
  const all = [['row', 'case', 'median', 'spread', 'unit'], ...lines];
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
