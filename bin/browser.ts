import { spawnSync } from 'node:child_process';
import { findChromium, hasPlaywrightChromium } from './chromium';
import { Complaint } from './complaint';

/** Ways to get a browser, in order; the first that leaves one behind is enough. */
const WAYS: readonly { what: string; command: string; args: string[]; asRoot?: boolean }[] = [
  { what: 'npx playwright install chromium', command: 'npx', args: ['playwright', 'install', 'chromium'] },
  { what: 'apt-get update', command: 'apt-get', args: ['update', '--quiet'], asRoot: true },
  {
    what: 'apt-get install chromium',
    command: 'apt-get',
    args: ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium'],
    asRoot: true,
  },
];

/** Makes sure that there is a browser: CHROMIUM_PATH, an installed one, else one that is installed now. */
export function ensureBrowser(): void {
  for (const way of WAYS) {
    if (findChromium() || hasPlaywrightChromium()) return;
    if (way.asRoot && (process.platform !== 'linux' || process.getuid?.() !== 0)) continue;
    process.stderr.write(`No Chrome or Chromium found; trying \`${way.what}\` ...\n`);
    spawnSync(way.command, way.args, {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (findChromium() || hasPlaywrightChromium()) return;
  throw new Complaint('No browser: install Chrome or Chromium, or name one with CHROMIUM_PATH, then run this again.');
}
