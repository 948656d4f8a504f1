import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Growth } from '../bench/growth';
import { PEERS } from '../bench/peers';
import { openBrowserArena } from './bench/browser';
import { contest } from './bench/contest';
import { importResults } from './bench/decoding';
import { type BenchOptions, HELP, readBenchOptions } from './bench/options';
import { disagreeing, type LeftOut, type Result } from './bench/result';
import { growthWords, steadiness } from './bench/steady';
import { kernelTable, taskTable } from './bench/table';
import { tasksOf } from './bench/tasks';

/** All that is written to the file. */
interface Report {
  machine: { cpu: string; cores: number; platform: string; device: string };
  rounds: number;
  results: Result[];
  leftOut: LeftOut[];
  steady: Growth | null;
}

/** `npm run bench`: measures this machine. A table for each task as soon as it is there, and JSON if asked. */
export async function main(args: string[]): Promise<number> {
  const options = readBenchOptions(args);
  if (options === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const report = await inBrowser(options);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

const say = (text: string): void => void process.stdout.write(`${text}\n\n`);

function sayResults(results: readonly Result[], leftOut: readonly LeftOut[]): void {
  if (results.length + leftOut.length > 0) say(taskTable(results, leftOut));
  for (const result of results) if (result.kernels.length > 0) say(kernelTable(result));
  for (const words of disagreeing(results)) say(`Not the same work: ${words}`);
}

async function inBrowser(options: BenchOptions): Promise<Report> {
  const arena = await openBrowserArena(options.gpu);
  const { device, close } = arena;
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, platform: process.platform, device };
  const report: Report = { machine, rounds: options.rounds, results: [], leftOut: [], steady: null };
  const keep = (results: Result[], leftOut: LeftOut[] = []) => {
    sayResults(results, leftOut);
    report.results.push(...results);
    report.leftOut.push(...leftOut);
  };
  say(`${machine.cores} cores of ${machine.cpu}; WebGPU: ${device}`);
  try {
    for (const task of options.rows.flatMap((row) => tasksOf(row, options))) {
      const { results, leftOut } = await contest(task, arena, options);
      keep(results, leftOut);
    }
    if (options.rows.includes('steady')) {
      report.steady = await steadiness(arena, 'webgpu');
      say(growthWords(report.steady, PEERS.webgpu.title));
    }
  } finally {
    await close();
  }
  if (options.rows.includes('import')) keep(await importResults(options));
  return report;
}
