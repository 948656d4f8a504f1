import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import type {} from '../src/app/session/scripting';
import type { Replay } from '../src/core/replay';
import { inApp } from './app';
import { Complaint } from './complaint';
import { BACKEND, BACKENDS, oneOf, PRECISIONS, parse } from './options';

const COMMAND = {
  name: 'parity',
  about:
    "Replays steps, or embeddings and gradients of networks, that PyTorch has computed, and says how far off this machine's are. Status 1 when one is further off than its bound.",
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
  const backend = oneOf('backend', values.backend, BACKENDS);
  const executor = oneOf('executor', values.executor, ['plan', 'tensorflow']);
  const precision = oneOf('precision', values.precision, PRECISIONS);
  if (paths.length === 0) throw new Complaint('No file was given; `npm run parity -- --help` says more.');
  const fixtures = paths.map((path) => ({ name: basename(path), bytes: bytesOf(path) }));
  return inApp(backend, async ({ page, device }) => {
    const width = Math.max(...fixtures.map(({ name }) => name.length));
    let met = true;
    for (const { name, bytes } of fixtures) {
      const answer = await replay(page, name, bytes, { executor, precision });
      process.stdout.write(`${name.padEnd(width)}  ${rowOf(answer)}\n`);
      met &&= 'ok' in answer && answer.ok;
    }
    process.stdout.write(
      `${device.backend} (${device.name}), executor ${executor ?? device.executor}${precision ? `, ${precision} precision` : ''}\n`,
    );
    return met ? 0 : 1;
  });
}

function bytesOf(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Complaint(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${message}`);
  }
}

/** The replay, or the sentence why the file cannot be replayed. */
function replay(
  page: Page,
  name: string,
  bytes: Uint8Array,
  how: Parameters<typeof lookalike.actions.replay>[2],
): Promise<Replay | { reason: string }> {
  return page.evaluate(
    async ([file, data, asked]) => {
      try {
        return await lookalike.actions.replay(file, data.slice().buffer, asked);
      } catch (cause) {
        const { message, advice } = cause as { message: string; advice?: string };
        return { reason: `${message} ${advice ?? ''}`.trim() };
      }
    },
    [name, bytes, how] as const,
  );
}

function rowOf(answer: Replay | { reason: string }): string {
  if ('reason' in answer) return `FAIL  ${answer.reason}`;
  const errors = Object.entries(answer.errors).map(([group, error]) => `${group} ${error.toExponential(2)}`);
  return [...errors, ...(answer.worst ? [`(${answer.worst})`] : []), answer.ok ? 'ok' : 'FAIL'].join('  ');
}
