import type { Precision } from '../src/core/config';
import type { Fusions } from '../src/engine/plan/tune/tuning';
import type { Opener } from './work';

const without = (fusion: keyof Fusions) => ({
  title: `plan without ${fusion}`,
  load: () => plan({ [fusion]: false }),
});

/** The plan with one fusion switched off: what each is worth. Asked for by name, as they are many. */
const ABLATIONS = {
  'no-activation': without('activation'),
  'no-folded': without('folded'),
  'no-updates': without('updates'),
} as const;

/** Who is measured; each loads its own code, on a thread of its own. */
export const PEERS = {
  plan: { title: 'plan', load: () => plan({}) },
  half: { title: 'plan, half precision', load: () => plan({}, 'half') },
  unfused: { title: 'plan, no fusions', load: () => plan('none') },
  stock: {
    title: 'stock tfjs-webgpu',
    load: async () => (await import('./peers/stock')).openStock(),
  },
  webgpu: { title: 'our tfjs, webgpu', load: () => tensorflow() },
  wasm: { title: 'plan, wasm', load: () => processor() },
  jax: { title: 'jax-js', load: async () => (await import('./peers/jax')).openJax() },
  ...ABLATIONS,
  plain: { title: 'JavaScript', load: async () => (await import('./peers/plain')).openPlain() },
} as const satisfies Record<string, { title: string; load(): Promise<Opener> }>;

export type PeerName = keyof typeof PEERS;

/** The plan without one of its fusions. */
export const ABLATED = Object.keys(ABLATIONS) as PeerName[];

/** Who is measured where nobody is named. */
export const USUAL = (Object.keys(PEERS) as PeerName[]).filter((name) => !ABLATED.includes(name));

async function plan(fuse: Partial<Fusions> | 'none', precision?: Precision): Promise<Opener> {
  const { openPlan } = await import('./peers/plan');
  const { ALL_FUSIONS, NO_FUSIONS } = await import('../src/engine/plan/tune/tuning');
  return openPlan(fuse === 'none' ? NO_FUSIONS : { ...ALL_FUSIONS, ...fuse }, precision);
}

async function tensorflow(): Promise<Opener> {
  const { createTensorflowExecutor } = await import('../src/engine/tensorflow/executor');
  const { onExecutor } = await import('./peers/executor');
  return onExecutor(await createTensorflowExecutor('webgpu'));
}

async function processor(): Promise<Opener> {
  const { createProcessorExecutor } = await import('../src/engine/processor/executor');
  const { onExecutor } = await import('./peers/executor');
  const { processorPeak } = await import('./probes/processor_peak');
  const executor = await createProcessorExecutor();
  return onExecutor(executor, { peak: () => processorPeak(executor.threads) });
}
