import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import type {} from '../bench/parity/page';
import type { ParityCalls } from '../bench/parity/parity_worker';
import type { Replay } from '../bench/parity/replay';
import { buildPage } from './bench/build_page';
import { ensureBrowser } from './browser';
import { Complaint } from './complaint';
import { BACKEND, BACKENDS, oneOf, PRECISIONS, parse } from './options';
import { openPage } from './page';
import { serve } from './server';
import { pretrainedNetworks } from './vite/pretrained';

const COMMAND = {
  name: 'parity',
  about:
    "Replays steps, or embeddings and gradients of networks, that PyTorch has computed, and says how far off this machine's are. Status 1 when one is further off than its bound, unless at most three ReLUs explain it whose input is within 1e-5 of the edge.",
  options: {
    backend: BACKEND,
    executor: ['plan|tensorflow', 'what runs the graph; default what the backend trains with'],
    precision: [PRECISIONS.join('|'), 'of activations; default full'],
  },
  others: 'FILE.safetensors...',
} as const;

/** `npm run parity`: replays reference fixtures through the app's own training step or bundled networks. Status 1 when one is not met. */
export async function main(args: string[]): Promise<number> {
  const { values, others: paths } = parse(args, COMMAND);
  const executor = oneOf('executor', values.executor, ['plan', 'tensorflow']);
  // The plan is there on WebGPU alone.
  const backend = oneOf('backend', values.backend ?? (executor === 'plan' ? 'webgpu' : undefined), BACKENDS);
  const precision = oneOf('precision', values.precision, PRECISIONS);
  if (paths.length === 0) throw new Complaint('No file was given; `npm run parity -- --help` says more.');
  const fixtures = paths.map((path) => ({ name: basename(path), bytes: bytesOf(path) }));
  ensureBrowser();
  const folder = await buildPage('bench/parity', [pretrainedNetworks()]);
  const { page, died, close } = await openPage(await serve({ folder }));
  try {
    return await Promise.race([died, replayAll(page, fixtures)]);
  } finally {
    await close();
  }

  async function replayAll(page: Page, fixtures: readonly { name: string; bytes: Uint8Array }[]): Promise<number> {
    const device = await ask(page, 'prepare', { backend });
    if ('reason' in device) throw new Complaint(device.reason);
    const width = Math.max(...fixtures.map(({ name }) => name.length));
    let met = true;
    for (const { name, bytes } of fixtures) {
      const answer = await ask(page, 'replay', { name, bytes: Uint8Array.from(bytes), executor, precision });
      process.stdout.write(`${name.padEnd(width)}  ${rowOf(answer)}\n`);
      met &&= 'ok' in answer && answer.ok;
    }
    process.stdout.write(
      `${device.backend} (${device.name}), executor ${executor ?? device.executor}${precision ? `, ${precision} precision` : ''}\n`,
    );
    return met ? 0 : 1;
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Complaint(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${message}`);
  }
}

/** What the page answers, or the sentence why it cannot. */
function ask<T extends keyof ParityCalls>(
  page: Page,
  type: T,
  request: Parameters<ParityCalls[T]>[0],
): Promise<ReturnType<ParityCalls[T]> | { reason: string }> {
  return page.evaluate(
    async (asked) => {
      try {
        return (await parity.call(asked as never)) as never;
      } catch (cause) {
        const { message, advice } = cause as { message: string; advice?: string };
        return { reason: `${message} ${advice ?? ''}`.trim() };
      }
    },
    { type, ...request },
  );
}

function rowOf(answer: Replay | { reason: string }): string {
  if ('reason' in answer) return `FAIL  ${answer.reason}`;
  const errors = Object.entries(answer.errors).map(([group, error]) => `${group} ${error.toExponential(2)}`);
  const { edge } = answer;
  return [
    ...errors,
    ...(answer.worst ? [`(${answer.worst})`] : []),
    ...(edge > 0 ? [edge === 1 ? '1 ReLU on the edge' : `${edge} ReLUs on the edge`] : []),
    answer.ok ? 'ok' : 'FAIL',
  ].join('  ');
}
