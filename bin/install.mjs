import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages that the lock file asks for and node_modules does not hold in that version. Optional ones (other platforms) may be missing. */
function missingPackages() {
  const { packages: wanted } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const record = `${root}node_modules/.package-lock.json`;
  const installed = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).packages : {};
  return Object.entries(wanted)
    .filter(([place, { optional, version }]) => place && !optional && installed[place]?.version !== version)
    .map(([place]) => place);
}

/** `npm ci` when something is missing; its output goes to stderr. */
export async function installMissing() {
  if (missingPackages().length === 0) return;
  process.stderr.write('Installing what Lookalike is made of (npm ci) ...\n');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath; // npm's own script when npm started us: the same npm, on every system.
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (error || status !== 0) {
    throw new Error('Installing failed (see above). Check the network connection, then run the command again.');
  }
}
