import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type LaunchOptions, chromium as playwrightChromium } from 'playwright';
import { Complaint } from './complaint.ts';

/** Flags of every browser we start: no talk to the network of its own. */
const chromiumFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SOFTWARE = ['--use-webgpu-adapter=swiftshader'];
const GRAPHICS_CARD = [
  '--ignore-gpu-blocklist',
  ...(process.platform === 'linux' ? ['--enable-features=Vulkan', '--use-angle=vulkan'] : []),
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe'];

/** Where installers put it outside of PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? '', 'Google/Chrome/Application/chrome.exe'),
];

/** Path of an installed browser: CHROMIUM_PATH, else the first Chrome or Chromium on PATH or in its usual place. */
export function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!existsSync(chosen)) throw new Complaint(`CHROMIUM_PATH names ${chosen}, which does not exist.`);
    return chosen;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...PLACES].find(isExecutable);
}

/** True when Playwright has downloaded its own. */
export const hasPlaywrightChromium = (): boolean => existsSync(playwrightChromium.executablePath());

/**
 * How to launch the browser that is there: the installed one, else Playwright's own in its full (not shell) form.
 * @param gpu WebGPU on the graphics card, instead of in software as every machine has it; BROWSER_GPU=1 asks for it everywhere
 */
export function launchOptions(gpu = process.env.BROWSER_GPU === '1'): LaunchOptions {
  const executablePath = findChromium();
  const args = [...chromiumFlags, ...(gpu ? GRAPHICS_CARD : SOFTWARE)];
  return { ...(executablePath ? { executablePath } : { channel: 'chromium' }), args };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
