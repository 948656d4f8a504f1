import type { Page } from 'playwright';
import type {} from '../src/app/session/scripting';
import type { BackendName } from '../src/core/config';
import type { DeviceReport } from '../src/core/records';
import { ensureBrowser } from './browser';
import { buildIfStale } from './build';
import { Complaint } from './complaint';
import { endOnInterrupt } from './interrupt';
import { type Opened, openPage } from './page';
import { serve } from './server';

/** The built app in a headless browser of its own, as the command line drives it. */
export interface App extends Opened {
  device: DeviceReport;
}

/**
 * Does work in the built app, which is closed after it, also after Ctrl-C. Rejects where the page dies before.
 * @param backend undefined: the page's own choice
 */
export async function inApp<T>(backend: BackendName | undefined, work: (app: App) => Promise<T>): Promise<T> {
  endOnInterrupt();
  const app = await openApp(backend);
  try {
    return await Promise.race([work(app), app.died]);
  } finally {
    await app.close();
  }
}

/** Builds if needed, serves, opens the page, and waits for the device. */
async function openApp(backend?: BackendName): Promise<App> {
  ensureBrowser();
  await buildIfStale();
  const opened = await openPage(await serve());
  try {
    const device = await Promise.race([openDevice(opened.page, backend), opened.died]);
    return { ...opened, device };
  } catch (cause) {
    await opened.close();
    throw cause;
  }
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
