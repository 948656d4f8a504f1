import type { BenchCall } from '../../bench/answer';
import type {} from '../../bench/page';
import type { PeerName } from '../../bench/peers';
import { ensureBrowser } from '../browser';
import { launchOptions } from '../chromium';
import { type Opened, openPage } from '../page';
import { serve } from '../server';
import { buildPage } from './build_page';
import type { Arena } from './rounds';

const EXACT = [
  // A step of stock TensorFlow.js in software takes longer than the watchdog lets a GPU think.
  '--disable-gpu-watchdog',
  '--disable-dawn-features=timestamp_quantization',
  // Memory is counted when it is asked for, not some time later.
  '--enable-blink-features=ForceEagerMeasureMemory',
];

function options(gpu: boolean): ReturnType<typeof launchOptions> {
  const usual = launchOptions(gpu);
  return { ...usual, args: [...(usual.args ?? []), ...EXACT] };
}

/** Every peer in one browser. `device` is the adapter's own words. */
export async function openBrowserArena(gpu: boolean): Promise<Arena & { device: string; close(): Promise<void> }> {
  ensureBrowser();
  const folder = await buildPage('bench');
  const { page, died, close }: Opened = await openPage(await serve({ folder }), options(gpu));
  const device = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    const { vendor, architecture, device: name, description } = adapter?.info ?? {};
    return [vendor, architecture, description || name].filter(Boolean).join(' ') || 'no WebGPU';
  });
  return {
    device,
    close,
    ask: (peer, asked) => {
      const call: readonly [PeerName, BenchCall] = [peer, asked];
      const answer = page.evaluate(([name, what]) => bench.ask(name, what), call);
      // Answers come in the shape of their calls.
      return Promise.race([died, answer as Promise<never>]);
    },
    end: (peer) => page.evaluate((name) => bench.end(name), peer),
    heapBytes: () =>
      page.evaluate(async () => {
        const measured = performance as Performance & { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
        return (await measured.measureUserAgentSpecificMemory()).bytes;
      }),
  };
}
