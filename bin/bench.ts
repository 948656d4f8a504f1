import { writeFileSync } from 'node:fs';
import { PEERS } from '../bench/peers';
import { openBrowserArena } from './bench/browser';
import { importResults } from './bench/decoding';
import { NODE_PEERS, openNodeArena } from './bench/node';
import { type BenchOptions, type Row, readBenchOptions } from './bench/options';
import { findPytorch, PYTORCH_EAGER, pytorchResults } from './bench/pytorch';
import { Report } from './bench/report';
import { compared } from './bench/result';
import { type Arena, inTurns } from './bench/rounds';
import { steadiness } from './bench/steady';
import { type Titled, tasksOf } from './bench/tasks';

/** Whom all others are compared with. */
const BASELINES = [PEERS.stock.title, PEERS.jax.title, PYTORCH_EAGER];

/** Rows that the engine computes. */
const COMPUTED: readonly Row[] = ['step', 'embed', 'augment', 'search', 'steady'];

const say = (text: string): void => {
  process.stdout.write(`${text}\n\n`);
};

/** `npm run bench`: measures this machine. A table for each task as soon as it is there, and JSON if asked. */
export async function main(args: string[]): Promise<number> {
  const options = readBenchOptions(args);
  const report = await (options.node ? inNode(options) : inBrowser(options));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

type Results = Awaited<ReturnType<typeof inTurns>>;

/** Measures a task in PyTorch, where that is asked for and found. */
function outsideOf({ pytorch: asked, rounds }: BenchOptions): (task: Titled) => Results {
  const pytorch = asked ? findPytorch() : null;
  if (asked) say(pytorch ? `${pytorch.words}, by ${pytorch.python}` : 'No python3 with PyTorch was found.');
  return (task) => (pytorch ? pytorchResults(pytorch, task, rounds) : { results: [], leftOut: [] });
}

/** What both arenas measure. */
async function measure(arena: Arena, report: Report, options: BenchOptions): Promise<void> {
  const outside = outsideOf(options);
  // Without a graphics card there are no limits to tell, as there are no peers that need one.
  const limits = COMPUTED.some((row) => options.rows.includes(row)) && options.peers.includes('plan');
  if (limits) report.addLimits(await arena.ask('plan', { call: 'probe' }));
  for (const task of options.rows.flatMap((row) => tasksOf(row, options))) {
    const [inside, others] = [await inTurns(task, arena, options), outside(task)];
    report.add({
      results: compared([...inside.results, ...others.results], BASELINES),
      leftOut: [...inside.leftOut, ...others.leftOut],
    });
  }
  if (options.rows.includes('steady') && options.peers.includes('plan'))
    report.addGrowth(await steadiness(arena, 'plan'));
}

async function inBrowser(options: BenchOptions): Promise<Report> {
  const arena = await openBrowserArena(options.gpu);
  const report = new Report(arena.device, options.rounds, say);
  try {
    await measure(arena, report, options);
  } finally {
    await arena.close();
  }
  if (options.rows.includes('import')) report.add({ results: await importResults(options), leftOut: [] });
  return report;
}

/** The engine alone; a device that is no program gets a GPU's batches. */
async function inNode(asked: BenchOptions): Promise<Report> {
  const arena = await openNodeArena();
  const peers = asked.peers.filter((peer) => NODE_PEERS.includes(peer));
  const options = { ...asked, peers, gpu: asked.gpu || !arena.software };
  const report = new Report(arena.device, options.rounds, say);
  try {
    await measure(arena, report, options);
  } finally {
    await arena.close();
  }
  return report;
}
