import { defineConfig } from '@playwright/test';
import { launchOptions } from './bin/chromium.ts';

/** Journeys that measure how long the page works: after all others, nothing else goes on (`--no-deps` runs them at once). */
const ALONE = /@alone/;
/** Faults at random, for as long as `npm run chaos` says. */
const CHAOS = /@chaos/;

// A person's journeys through the built app in a real browser. Two at a time: each waits for the page half of its time.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/setup.ts',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Far more than a journey takes on two idle cores: a busy machine is no failure.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  projects: [
    { name: 'journeys', grepInvert: [ALONE, CHAOS] },
    { name: 'alone', grep: ALONE, workers: 1, dependencies: ['journeys'] },
    ...('CHAOS_MINUTES' in process.env
      ? [{ name: 'chaos', grep: CHAOS, workers: 1, timeout: 60_000 * (Number(process.env.CHAOS_MINUTES) + 5) }]
      : []),
  ],
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1280, height: 900 },
    actionTimeout: 120_000,
  },
});
