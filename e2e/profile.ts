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
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
