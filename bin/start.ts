import { spawn } from 'node:child_process';
import { buildIfStale } from './build';
import { parse, wholeNumber } from './options';
import { serve } from './server';

const DEFAULT_PORT = 4790;
const COMMAND = {
  name: 'start',
  about: 'Builds the app if needed, serves it on this machine alone, and opens it in the browser.',
  options: {
    port: ['N', `where it is served, default ${DEFAULT_PORT}`],
    'no-open': ['', 'open no browser'],
  },
} as const;

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
  const { port, 'no-open': closed } = parse(args, COMMAND).values;
  return { port: wholeNumber('port', port, 1, 65535) ?? DEFAULT_PORT, open: !closed };
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
