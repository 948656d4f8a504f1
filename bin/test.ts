import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser';
import { root } from './build';
import { add, type Tally, tallyOf, tallyOfPlaywright, tallyOfVitest } from './tally';

const require = createRequire(import.meta.url);

interface Part {
  name: string;
  /** Path of a Node script and its arguments. */
  script: string;
  args: string[];
  tally: (exitCode: number) => Tally;
}

/** Types and style are no tests: they count only when they fail. */
const countFailure = (exitCode: number): Tally => ({ passed: 0, failed: exitCode === 0 ? 0 : 1 });

/** The script behind a package's command, run by this Node: no shell, the same on every system. */
function commandOf(name: string, command = name): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: Record<string, string> };
  return join(file, '..', bin[command]);
}

function parts(unitReport: string, journeyReport: string): Part[] {
  return [
    { name: 'types', script: commandOf('typescript', 'tsc'), args: ['--noEmit'], tally: countFailure },
    { name: 'style', script: commandOf('@biomejs/biome', 'biome'), args: ['check', '.'], tally: countFailure },
    {
      name: 'unit and browser tests',
      script: commandOf('vitest'),
      args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
      tally: (exitCode) => tallyOf(unitReport, tallyOfVitest, exitCode),
    },
    {
      name: 'end-to-end tests',
      script: commandOf('@playwright/test', 'playwright'),
      args: ['test', '--reporter=list,json'],
      tally: (exitCode) => tallyOf(journeyReport, tallyOfPlaywright, exitCode),
    },
  ];
}

/** `npm test`: types, style, unit, browser and end-to-end tests. The last line counts; status 1 when anything failed. */
export async function main(): Promise<number> {
  ensureBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'lookalike-test-'));
  const journeyReport = join(folder, 'journeys.json');
  let total: Tally = { passed: 0, failed: 0 };
  try {
    for (const part of parts(join(folder, 'unit.json'), journeyReport)) {
      process.stdout.write(`\n== ${part.name}\n`);
      const tally = part.tally(await run(part, { PLAYWRIGHT_JSON_OUTPUT_NAME: journeyReport }));
      if (tally.failed > 0) process.stdout.write(`${part.name}: ${tally.failed} failed\n`);
      total = add(total, tally);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

function run({ script, args }: Part, environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
