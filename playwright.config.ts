import { defineConfig } from '@playwright/test';
import { launchOptions } from './bin/chromium.ts';

// A person's journeys through the built app in a real browser. One at a time: each trains, and training takes every core.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/setup.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Far more than a journey takes on two idle cores: a busy machine is no failure.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1280, height: 900 },
    actionTimeout: 120_000,
  },
});
