import type { Precision } from '../src/core/config';
import type { Opener } from './work';

/** Who is measured; each loads its own code, on a thread of its own. */
export const PEERS = {
  plan: { title: 'plan', load: () => plan(true) },
  half: { title: 'plan, half precision', load: () => plan(true, 'half') },
  unfused: { title: 'plan, no fusions', load: () => plan(false) },
  stock: {
    title: 'stock tfjs-webgpu',
    load: async () => (await import('./peers/stock')).openStock(),
  },
  webgpu: { title: 'our tfjs, webgpu', load: () => tensorflow('webgpu') },
  wasm: { title: 'our tfjs, wasm', load: () => tensorflow('wasm') },
  jax: { title: 'jax-js', load: async () => (await import('./peers/jax')).openJax() },
  plain: { title: 'JavaScript', load: async () => (await import('./peers/plain')).openPlain() },
} as const satisfies Record<string, { title: string; load(): Promise<Opener> }>;

export type PeerName = keyof typeof PEERS;

async function plan(fused: boolean, precision?: Precision): Promise<Opener> {
  const { openPlan } = await import('./peers/plan');
  const { ALL_FUSIONS, NO_FUSIONS } = await import('../src/engine/plan/tuning');
  return openPlan(fused ? ALL_FUSIONS : NO_FUSIONS, precision);
}

async function tensorflow(backend: 'webgpu' | 'wasm'): Promise<Opener> {
  const { createTensorflowExecutor } = await import('../src/engine/tensorflow/executor');
  const { onExecutor } = await import('./peers/executor');
  return onExecutor(await createTensorflowExecutor(backend));
}
