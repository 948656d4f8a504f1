import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { kernels } from './bin/vite/kernels.ts';
import { lightPage } from './bin/vite/light_page.ts';
import { pretrainedNetworks } from './bin/vite/pretrained.ts';
import { securityPolicy } from './bin/vite/security_policy.ts';
import { isolationHeaders } from './src/core/response_headers.ts';

export default defineConfig({
  // Relative addresses: the same build works at the root of a host and below a path of GitHub Pages.
  base: './',
  plugins: [
    react(),
    lightPage(),
    kernels(),
    pretrainedNetworks(),
    securityPolicy(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service_worker.ts',
      // Commands print results alone.
      integration: {
        configureCustomSWViteBuild: (options) => {
          options.logLevel = 'error';
        },
      },
      injectRegister: null, // src/app/session/update.ts
      manifest: {
        name: 'Lookalike',
        short_name: 'Lookalike',
        description: 'Visual search that you train on your own pictures. Nothing is uploaded.',
        start_url: './',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#0b6e63',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      injectManifest: {
        // Everything, sample pictures included, but for the networks: after the first visit the page works without a network.
        globPatterns: ['**/*'],
        globIgnores: ['**/*.map', 'service_worker.js', 'pretrained/**'],
        maximumFileSizeToCacheInBytes: 20 * 2 ** 20,
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [kernels()] },
  build: {
    target: 'es2023',
    // No data: URLs: the page's policy knows only its own files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
});
