import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import type { BackendName } from '../src/core/config';
import type { DeviceReport } from '../src/core/records';
import type {} from '../src/state/scripting';
import { ensureBrowser } from './browser';
import { buildIfStale } from './build';
import { launchOptions } from './chromium';
import { Complaint } from './complaint';
import { serve } from './server';

/** The built app in a headless browser of its own, as the command line drives it. */
export interface App {
  page: Page;
  device: DeviceReport;
  /** Rejects when the page or the browser dies; never resolves. */
  died: Promise<never>;
  close(): Promise<void>;
}

/**
 * Builds if needed, serves, opens the page in a browser with an empty profile, and waits for the device.
 * @param backend undefined: the page's own choice
 */
export async function openApp(backend?: BackendName): Promise<App> {
  ensureBrowser();
  await buildIfStale();
  const { url, close: stopServing } = await serve();
  const profile = mkdtempSync(join(tmpdir(), 'lookalike-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    headless: true,
    viewport: { width: 1440, height: 1000 },
    serviceWorkers: 'block', // Nothing here is visited twice.
    // Ctrl-C is ours: the page stops the run and saves it before the browser may go.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const close = async (): Promise<void> => {
    await context.close().catch(() => undefined); // It may be dead already.
    await stopServing();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const died = deathOf(page, context);
    await page.goto(url);
    const device = await Promise.race([openDevice(page, backend), died]);
    return { page, device, died, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function deathOf(page: Page, context: BrowserContext): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new Complaint('The page crashed: the browser may have run out of memory.')));
    context.on('close', () => reject(new Complaint('The browser ended before the work was done.')));
  });
  died.catch(() => undefined); // Whoever races against it hears of it; after the end nobody does.
  return died;
}

async function openDevice(page: Page, backend: BackendName | undefined): Promise<DeviceReport> {
  await until(() => page.evaluate(() => globalThis.lookalike?.store.getState().library.ready), 'The page did not open');
  const first = await deviceOf(page);
  if (!backend || first.backend === backend) return first;
  // Software WebGPU is left alone by the page unless it is asked for by name, which is what --backend does.
  await page.evaluate((choice) => lookalike.actions.chooseBackend(choice, true), backend);
  const chosen = await deviceOf(page);
  if (chosen.backend === backend) return chosen;
  const reason = chosen.passedOver.find((other) => other.backend === backend)?.reason ?? 'no reason was given.';
  throw new Complaint(`The backend ${backend} does not work here: ${reason}`);
}

async function deviceOf(page: Page): Promise<DeviceReport> {
  const look = () =>
    page.evaluate(() => {
      const { device, faults } = lookalike.store.getState();
      return device.report ?? faults[0];
    });
  const found = await until(look, 'No device was found to train on');
  if ('message' in found) throw new Complaint(`${found.message} ${found.advice}`);
  return found;
}

/** Looks again and again until there is something to see. The page's policy forbids Playwright's own way of waiting. */
async function until<T>(look: () => Promise<T | undefined>, otherwise: string, seconds = 120): Promise<T> {
  for (let left = seconds * 10; left > 0; left--) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Complaint(`${otherwise} within ${seconds} seconds.`);
}
