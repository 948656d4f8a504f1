import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { launchOptions } from './chromium';
import { Complaint } from './complaint';
import type { Served } from './server';

/** Milliseconds: a machine that is busy with much else opens a page late. */
const PATIENCE = 120_000;

/** A served page in a headless browser of its own. */
export interface Opened {
  page: Page;
  /** Rejects when the page or the browser dies; never resolves. */
  died: Promise<never>;
  /** Ends the browser and the serving. */
  close(): Promise<void>;
}

/** Opens what is served in a browser with an empty profile. Takes the serving over. */
export async function openPage(served: Served, options = launchOptions()): Promise<Opened> {
  const profile = mkdtempSync(join(tmpdir(), 'lookalike-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    headless: true,
    viewport: { width: 1440, height: 1000 },
    serviceWorkers: 'block', // Nothing here is visited twice.
    // Ctrl-C is ours: the page stops the run and saves it before the browser may go.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const forget = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', forget); // Ctrl-C
  const close = async (): Promise<void> => {
    await context.close().catch(() => undefined); // It may be dead already.
    await served.close();
    forget();
  };
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const died = deathOf(page, context);
    await page.goto(served.url, { timeout: PATIENCE });
    return { page, died, close };
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
  died.catch(() => undefined); // Whoever races against it gets it; after the end nobody does.
  return died;
}
