import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBrowser } from './browser';
import { root } from './build';
import { Complaint } from './complaint';
import { parse } from './options';

const COMMAND = {
  name: 'chaos',
  about:
    'Kills the browser at random while pictures come in, while it trains, and while a collection is deleted, opens it again and looks whether anything was lost. Ends with a table; status 1 after a loss.',
  options: {
    minutes: ['NUMBER', 'how long; default 10'],
    seed: ['NUMBER', 'draws other moments; default 1'],
  },
} as const;

/** `npm run chaos`: e2e/chaos.spec.ts for as long as is asked. */
export async function main(args: string[]): Promise<number> {
  const { minutes = '10', seed = '1' } = parse(args, COMMAND).values;
  if (!(Number(minutes) > 0) || !Number.isInteger(Number(seed)))
    throw new Complaint('--minutes takes a number above 0, --seed a whole number.');
  ensureBrowser();
  const playwright = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '..', 'cli.js');
  const { status } = spawnSync(process.execPath, [playwright, 'test', '--project=chaos'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHAOS_MINUTES: minutes, CHAOS_SEED: seed },
  });
  return status ?? 1;
}
