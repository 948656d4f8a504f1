import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { launchOptions } from '../bin/chromium';

/** What a browser keeps on the disk, for journeys in which the browser ends and is started again. */
export class Profile {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lookalike-profile-'));

  /** Starts a browser on it; one at a time. */
  launch(): Promise<BrowserContext> {
    return chromium.launchPersistentContext(this.folder, { ...launchOptions(), headless: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

/** SIGKILL for the browser process of this context, which takes its children with it. */
export async function killerOf(context: BrowserContext): Promise<() => Promise<void>> {
  const browser = context.browser();
  if (!browser) throw new Error('The context has no browser to kill.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const process_ = processInfo.find(({ type }) => type === 'browser');
  if (!process_) throw new Error('The browser process was not found.');
  const gone = new Promise<void>((resolve) => context.on('close', () => resolve()));
  return () => {
    process.kill(process_.id, 'SIGKILL');
    return gone;
  };
}
