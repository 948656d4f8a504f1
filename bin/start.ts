import { spawn } from 'node:child_process';
import { buildIfStale } from './build';
import { Complaint } from './complaint';
import { parse, wholeNumber } from './options';
import { serve } from './server';

const DEFAULT_PORT = 4790;
const USAGE = 'Usage: npm start -- [--port 4790] [--no-open]';

/** `npm start`: builds if needed, serves, prints the address, opens the browser. Runs until it is stopped. */
export async function main(args: string[]): Promise<void> {
  const { port, open } = startOptions(args);
  await buildIfStale();
  const { url } = await serve({ port });
  process.stdout.write(`Lookalike runs at ${url}\nNothing leaves this machine. Ctrl-C ends it.\n`);
  if (open) openBrowser(url);
  await new Promise<never>(() => undefined);
}

export function startOptions(args: string[]): { port: number; open: boolean } {
  const options = { port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const;
  const { values, positionals } = parse(args, options, USAGE);
  if (positionals.length > 0) throw new Complaint(`"${positionals[0]}" belongs to no option. ${USAGE}`);
  return { port: wholeNumber('port', values.port, 1, 65535) ?? DEFAULT_PORT, open: !values['no-open'] };
}

function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  // Without a desktop there is nothing to open: the address is printed anyway.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
