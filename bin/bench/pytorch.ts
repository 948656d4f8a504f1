import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../build';
import { type LeftOut, type Result, rateOnly } from './result';
import type { Titled } from './tasks';

/** One line of bench/pytorch_step.py. */
interface Line {
  tf32: boolean;
  compiled: boolean;
  samples?: number[];
  error?: string;
}

export interface Pytorch {
  python: string;
  /** Its version and what it runs on. */
  words: string;
}

const CANDIDATES = [process.env.PYTHON, 'python3', '/usr/bin/python3', 'python'].filter((name) => name !== undefined);

const ABOUT =
  'import torch; on = torch.cuda.get_device_name() if torch.cuda.is_available() else "the processor"; ' +
  'print(f"PyTorch {torch.__version__} on {on}")';

/** A Python that has PyTorch: PYTHON, else the first of the usual ones; null when there is none. */
export function findPytorch(): Pytorch | null {
  for (const python of CANDIDATES) {
    const { status, stdout } = spawnSync(python, ['-c', ABOUT], { encoding: 'utf8' });
    if (status === 0) return { python, words: stdout.trim() };
  }
  return null;
}

/** Whom ours is compared with: single precision without a compiler. */
export const PYTORCH_EAGER = 'PyTorch eager';
const nameOf = ({ tf32, compiled }: Line): string =>
  `${compiled ? 'PyTorch compiled' : PYTORCH_EAGER}${tf32 ? ', TF32' : ''}`;

/** The same step or embedding in PyTorch on all cores, in every way that this machine has; nothing for other tasks. */
export function pytorchResults(
  { python }: Pytorch,
  { task, title, unit, flops }: Titled,
  rounds: number,
): { results: Result[]; leftOut: LeftOut[] } {
  const [results, leftOut]: [Result[], LeftOut[]] = [[], []];
  if (task.row !== 'step' && task.row !== 'embed') return { results, leftOut };
  process.stderr.write(`${task.row}, ${title}: PyTorch\n`);
  const options = { row: task.row, network: task.network, batch: task.batch, rounds };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const { stdout, status } = spawnSync(python, [join(root, 'bench/pytorch_step.py'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // Some builds of PyTorch take one thread unless they are told.
    env: { OMP_NUM_THREADS: `${cpus().length}`, ...process.env },
  });
  for (const text of stdout.split('\n').filter((line) => line.startsWith('{'))) {
    const line: Line = JSON.parse(text);
    const what = { row: task.row, title, peer: nameOf(line) };
    if (line.samples) results.push(rateOnly({ ...what, unit, batch: task.batch }, line.samples, flops));
    else leftOut.push({ ...what, reason: line.error ?? 'no samples' });
  }
  if (status !== 0) leftOut.push({ row: task.row, title, peer: 'PyTorch', reason: `${python} ended with ${status}` });
  return { results, leftOut };
}
