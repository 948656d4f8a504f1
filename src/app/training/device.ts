import { addressOf } from '../session/networks';
import type { Parts } from '../session/parts';
import { askBaseline, settleSettings } from '../session/showing';
import { tellCause } from '../store/faults';
import { patch } from '../store/store';
import { ThreadLost } from '../threads/threadLost';

/** Has the trainer choose and test its device. Resolves to whether it has one; what is wrong was told. */
export function prepare(parts: Parts): Promise<boolean> {
  parts.pending.device = choose(parts);
  return parts.pending.device;
}

async function choose(parts: Parts): Promise<boolean> {
  const { store, threads } = parts;
  const { choice: backend, allowSoftware } = store.getState().device;
  patch(store, 'training', { phase: 'starting', message: 'Choosing what trains', progress: null });
  try {
    const request = { type: 'prepare', backend, allowSoftware, networks: addressOf('') } as const;
    patch(store, 'device', { report: await threads.trainer.call(request) });
    patch(store, 'training', { phase: 'idle', message: '' });
    settleSettings(store, store.getState().settings.edited);
    askBaseline(parts);
    return true;
  } catch (cause) {
    if (cause instanceof ThreadLost) return false;
    patch(store, 'training', { phase: 'idle', message: '' });
    tellCause(store, cause);
    return false;
  }
}

/** Whether the trainer has a device; waits while it chooses one, and has it choose again if it was given up. */
export async function prepared(parts: Parts): Promise<boolean> {
  const { store, pending } = parts;
  for (;;) {
    const { device, training } = store.getState();
    if (device.report) return true;
    const asked = training.phase === 'starting' && pending.device ? pending.device : prepare(parts);
    if (await asked) return true;
    if (asked === pending.device) return false; // else its thread was lost, and the next one is choosing
  }
}
