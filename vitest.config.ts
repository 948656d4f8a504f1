import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './bin/chromium.ts';
import { kernels } from './bin/vite/kernels.ts';
import { pretrainedNetworks } from './bin/vite/pretrained.ts';
import { isolationHeaders } from './src/core/response_headers.ts';

// Unit tests run in Node; *.browser.test.ts run in a real browser: database, decoding, backends.
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [kernels()],
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'src/**/*.test.{ts,tsx}',
            'workers/**/*.test.ts',
            'bin/**/*.test.ts',
            'bench/**/*.test.ts',
            'scale/*.test.ts',
          ],
          exclude: ['**/*.browser.test.*', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [kernels(), pretrainedNetworks()],
        // Isolated as the app is when it is served, so that wasm has its threads in tests too.
        server: { headers: isolationHeaders },
        optimizeDeps: {
          // Found in the middle of a run, these would reload the tests.
          include: ['core', 'core/dist/register_all_gradients', 'backend-cpu', 'backend-webgl', 'backend-webgpu'].map(
            (name) => `@tensorflow/tfjs-${name}`,
          ),
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}', 'workers/**/*.browser.test.ts', 'bench/**/*.browser.test.ts'],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
