#!/usr/bin/env node
// Runs one command of bin/ by name: `node bin/run.mjs train --images ...`. Plain JavaScript without dependencies,
// because on a fresh machine it is this file that installs them.
import { installMissing } from './install.mjs';

const COMMANDS = ['start', 'test', 'train', 'search', 'compare', 'parity', 'bench', 'chaos'];
const NEEDED = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  fail(`Lookalike needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.`);
}
const [command, ...rest] = process.argv.slice(2);
if (!COMMANDS.includes(command)) fail(`No such command: ${command ?? '(none)'}. There are ${COMMANDS.join(', ')}.`);

try {
  await installMissing();
} catch (cause) {
  fail(cause.message);
}
const { register } = await import('tsx/esm/api');
register();
const { main } = await import(new URL(`${command}.ts`, import.meta.url).href);
try {
  process.exitCode = (await main(rest)) ?? 0;
} catch (cause) {
  if (cause?.name === 'Help') {
    process.stdout.write(`${cause.message}\n`);
    process.exit(0);
  }
  // One sentence for what a user can mend, the stack for what is a bug.
  fail(cause?.name === 'Complaint' ? cause.message : (cause?.stack ?? String(cause)));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
