import type { BackendName, Precision } from '../../src/core/config';
import { type PretrainedName, pretrainedNamed } from '../../src/core/pretrained';
import type { DeviceReport } from '../../src/core/records';
import { chooseDevice, createExecutor } from '../../src/engine/device';
import type { Executor } from '../../src/engine/executor';
import { serve } from '../../src/protocol/call';
import { toPage } from '../../src/protocol/channel';
import { fetchWeights } from '../../workers/trainer/weights';
import { type Replay, replay } from './replay';

export interface ParityCalls {
  /** Chooses the device as the app does. */
  prepare(request: { backend?: BackendName }): DeviceReport;
  /** Replays a reference fixture through the app's own step or a bundled network. */
  replay(request: {
    name: string;
    bytes: Uint8Array<ArrayBuffer>;
    executor?: 'tensorflow' | 'plan';
    precision?: Precision;
  }): Replay;
}

let own: Executor;

const bundled = async (name: PretrainedName) =>
  (await fetchWeights(new URL(`../pretrained/${name}`, self.location.href).href, pretrainedNamed(name))).weights;

serve<ParityCalls>(toPage(), {
  prepare: async ({ backend }) => {
    const { executor, report } = await chooseDevice(backend ?? 'auto', { allowSoftware: false });
    own = executor;
    return report;
  },
  replay: async ({ name, bytes, executor: kind, precision }) => {
    const executor = kind && kind !== own.kind ? await createExecutor(own.backend as BackendName, kind) : own;
    try {
      return await replay(executor, name, bytes.slice().buffer, { precision, bundled });
    } finally {
      if (executor !== own) executor.dispose();
    }
  },
});
