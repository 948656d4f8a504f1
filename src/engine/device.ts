import type { BackendChoice, BackendName } from '../core/config';
import { Fault } from '../core/fault';
import type { DeviceReport } from '../core/records';
import type { Executor, ExecutorName } from './executor';
import { openGraphics } from './graphics';
import { createPlanExecutor } from './plan/executor';
import { peakFlops } from './plan/tune/peak';
import type { Choices } from './plan/tune/tasks';
import { HARDWARE, SOFTWARE } from './plan/tune/tuning';
import { createProcessorExecutor } from './processor/executor';
import { selfTest } from './self_test';
import { openBackend } from './tensorflow/backends/open';
import { imagesPerSecond } from './trial';

export interface Chosen {
  executor: Executor;
  report: DeviceReport;
}

/** From the fastest to the one that always runs. */
const LADDER: readonly BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

const NAMES: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', webgl: 'WebGL', cpu: 'JavaScript' };

const WHAT: Record<BackendName, string> = {
  webgpu: 'the graphics card, through WebGPU',
  wasm: 'the processor, through WebAssembly',
  webgl: 'the graphics card, through WebGL',
  cpu: 'the processor, in plain JavaScript',
};

/**
 * Opens what trains. 'auto' goes down the ladder hardware WebGPU, wasm, webgl, cpu to the first whose arithmetic passes
 * the self-test; WebGPU on a processor that imitates a GPU is slower than wasm and counts with `allowSoftware` only.
 * A backend chosen by name is taken, in software or not, or refused.
 * @throws Fault('device') when the chosen backend, or every one, cannot be used.
 */
export async function chooseDevice(
  choice: BackendChoice,
  { allowSoftware, choicesFor }: { allowSoftware: boolean; choicesFor?: ChoicesFor },
): Promise<Chosen> {
  const passedOver: DeviceReport['passedOver'] = [];
  for (const backend of choice === 'auto' ? LADDER : [choice]) {
    const tried = await attempt(backend, allowSoftware || choice !== 'auto', choicesFor);
    if (typeof tried !== 'string') {
      const { executor, name, software, limits, rate, peakFlops } = tried;
      const why = reason(backend, software, choice !== 'auto', passedOver);
      const report = { backend, executor: executor.kind, name, software, why, passedOver, imagesPerSecond: rate };
      const keepsHalf = executor.features().some((feature) => feature.name === 'shader-f16' && feature.offered);
      return { executor, report: { ...report, keepsHalf, limits, peakFlops } };
    }
    passedOver.push({ backend, reason: tried });
  }
  const reasons = passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join(' ');
  throw new Fault(
    'device',
    choice === 'auto' ? `Nothing here can train. ${reasons}` : `This device cannot be used. ${reasons}`,
    choice === 'auto' ? 'Try another browser.' : 'Choose another device, or let Lookalike choose.',
  );
}

/** Where to look up, and keep, which kernels are fastest on an adapter of this name. */
export type ChoicesFor = (adapter: string) => Promise<Choices>;

/** What runs graphs on a backend: a plan where there is one, unless TensorFlow.js, the reference, is asked for. */
export async function createExecutor(
  backend: BackendName,
  kind?: ExecutorName,
  choicesFor: ChoicesFor = async () => new Map(),
): Promise<Executor> {
  const refused = (who: string) => new Fault('device', `${who} does not run on ${NAMES[backend]}.`, 'Choose another.');
  if (backend === 'wasm') {
    if (kind === 'tensorflow') throw refused('TensorFlow.js');
    return createProcessorExecutor();
  }
  if (backend !== 'webgpu' || kind === 'tensorflow') {
    if (kind === 'plan') throw refused('A plan');
    // The last resort is loaded where it is needed.
    return (await import('./tensorflow/executor')).createTensorflowExecutor(backend);
  }
  const { device, software, name, lost } = await openGraphics();
  // In software there is nothing to choose: barriers always cost more than shared memory saves.
  if (software) return createPlanExecutor(device, SOFTWARE, { lost });
  return createPlanExecutor(device, HARDWARE, { lost, choices: await choicesFor(name) });
}

/** Of a graphics card: what a kernel may be. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
] as const;

interface Hardware {
  name: string;
  software: boolean;
  limits?: DeviceReport['limits'];
}

/** What a backend runs on, without loading what runs on it; a processor is known once its threads have started. */
const hardwareOf = async (backend: BackendName): Promise<Hardware | null> => {
  if (backend === 'wasm') return null;
  if (backend === 'webgpu') {
    const { device, name, software } = await openGraphics();
    return { name, software, limits: Object.fromEntries(LIMITS.map((limit) => [limit, device.limits[limit]])) };
  }
  const { device, software } = await openBackend(backend);
  return { name: device, software };
};

const processorOf = ({ threads }: Executor): Hardware => ({
  name: `${threads === 1 ? 'one thread' : `${threads} threads`}, SIMD`,
  software: false,
});

/** An executor that passed the self-test, with the pictures a second that it trains; or a sentence why there is none. */
async function attempt(
  backend: BackendName,
  allowSoftware: boolean,
  choicesFor?: ChoicesFor,
): Promise<(Hardware & { executor: Executor; rate: number; peakFlops?: number }) | string> {
  let executor: Executor | null = null;
  try {
    const hardware = await hardwareOf(backend);
    if (hardware?.software && !allowSoftware)
      return `There is only ${hardware.name} here, a program that imitates a graphics card: slower than WebAssembly.`;
    executor = await createExecutor(backend, undefined, choicesFor);
    const wrong = await selfTest(executor);
    if (wrong === null) {
      const rate = await imagesPerSecond(executor);
      const card = backend === 'webgpu' && !hardware?.software ? (await openGraphics()).device : null;
      const peak = card ? await peakFlops(card) : undefined;
      return { ...(hardware ?? processorOf(executor)), executor, rate, peakFlops: peak };
    }
    executor.dispose();
    return `It failed the self-test: ${wrong}.`;
  } catch (cause) {
    executor?.dispose();
    // Whatever a driver throws at us, the next backend may work.
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function reason(
  backend: BackendName,
  software: boolean,
  chosen: boolean,
  passedOver: DeviceReport['passedOver'],
): string {
  const what = software ? `a program that imitates a graphics card (${NAMES[backend]})` : WHAT[backend];
  if (chosen) return `Training runs on ${what}, as you chose.`;
  if (passedOver.length === 0) return `Training runs on ${what}: the fastest there is.`;
  return `Training runs on ${what}: the fastest of what works here.`;
}
