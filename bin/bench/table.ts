import type { KernelTime } from '../../src/engine/executor';
import type { LeftOut, Result } from './result';

/** Numbers a user can compare: three digits. */
export const shown = (value: number): string => {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
};

interface Column {
  title: string;
  /** Empty where the result has no such figure. */
  cell: (result: Result) => string;
}

const optional = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : shown(value);
/** A peer that never dispatches is not on WebGPU, and has none of its figures. */
const calls = (run: Result['run'], name: 'dispatches' | 'submits' | 'buffers'): string =>
  run && run.dispatches > 0 ? String(Math.round(run[name])) : '';

const COLUMNS: readonly Column[] = [
  { title: 'peer', cell: ({ peer }) => peer },
  { title: 'rate', cell: ({ rate }) => shown(rate.median) },
  { title: 'range', cell: ({ rate }) => `${shown(rate.low)} to ${shown(rate.high)}` },
  { title: 'unit', cell: ({ unit }) => unit },
  { title: 'GFLOP/s', cell: ({ gflops }) => optional(gflops) },
  { title: 'dispatches', cell: ({ run }) => calls(run, 'dispatches') },
  { title: 'submits', cell: ({ run }) => calls(run, 'submits') },
  { title: 'buffers', cell: ({ run }) => calls(run, 'buffers') },
  { title: 'JS ms', cell: ({ run }) => optional(run?.script) },
  { title: 'least', cell: ({ run }) => optional(run?.leastScript) },
  { title: 'MB held', cell: ({ bytesHeld }) => (bytesHeld ? shown(bytesHeld / 2 ** 20) : '') },
  { title: 'cold ms', cell: ({ coldMilliseconds }) => optional(coldMilliseconds) },
];

/** Lines of cells, columns as wide as their widest. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return padded.map((line) => line.trimEnd()).join('\n');
}

/** One task's results under its name; a column for each peer that others are compared with, none that stays empty. */
export function taskTable(results: readonly Result[], leftOut: readonly LeftOut[]): string {
  const { row, title } = results[0] ?? leftOut[0];
  const baselines = [...new Set(results.flatMap(({ ratios }) => Object.keys(ratios)))];
  const against = baselines.map(
    (peer): Column => ({
      title: `x ${peer}`,
      cell: ({ ratios }) => optional(ratios[peer]),
    }),
  );
  const columns = [...COLUMNS.slice(0, 4), ...against, ...COLUMNS.slice(4)];
  const used = columns.filter(({ cell }) => results.some((result) => cell(result) !== ''));
  const lines = [used.map((column) => column.title), ...results.map((result) => used.map(({ cell }) => cell(result)))];
  const missing = leftOut.map(({ peer, reason }) => `${peer}: left out, ${reason}`);
  return [`${row}: ${title}`, ...(results.length > 0 ? [aligned(lines)] : []), ...missing].join('\n');
}

const MOST_KERNELS = 12;

const ofPeak = (flops: number, peak: number | null): string =>
  peak === null ? '' : `${((100 * flops) / peak).toFixed(0)}% of the peak`;

/** Where the time of one run goes, by kernel, and what each kernel reaches; the rest in one line. */
export function kernelTable({ peer, kernels, peak }: Result): string {
  const sorted = [...kernels].sort((a, b) => b.milliseconds - a.milliseconds);
  const [first, rest] = [sorted.slice(0, MOST_KERNELS), sorted.slice(MOST_KERNELS)];
  const total = sorted.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const line = ({ label, launches, milliseconds, flops, bytes }: KernelTime) => [
    `  ${label}`,
    `${launches} x`,
    `${shown(milliseconds)} ms`,
    `${((100 * milliseconds) / total).toFixed(0)}%`,
    ...(flops > 0
      ? [`${shown((flops * 1e-6) / milliseconds)} GFLOP/s`, ofPeak((1000 * flops) / milliseconds, peak)]
      : [`${shown((bytes * 1e-6) / milliseconds)} GB/s`, '']),
  ];
  const lines = first.map(line);
  if (rest.length > 0) {
    const sum = (name: 'launches' | 'milliseconds' | 'bytes') => rest.reduce((all, kernel) => all + kernel[name], 0);
    const [launches, milliseconds, bytes] = [sum('launches'), sum('milliseconds'), sum('bytes')];
    lines.push(line({ label: `${rest.length} others`, launches, milliseconds, flops: 0, bytes }));
  }
  const alone = kernels.reduce((sum, { alone = 0 }) => sum + alone, 0);
  const waiting = alone > 0 ? `, ${((100 * alone) / total).toFixed(1)}% of it on one thread while others wait` : '';
  const limit = peak === null ? '' : `; the measured peak is ${shown(peak * 1e-9)} GFLOP/s`;
  return [`${peer}, ${shown(total)} ms a run${waiting}${limit}:`, aligned(lines)].join('\n');
}
