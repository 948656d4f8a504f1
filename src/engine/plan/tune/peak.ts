import { Slot } from '../../compiled/slot';
import { lostFault } from '../../graphics';
import { each } from '../kernels/each';
import type { Compiled } from '../lower/compile';
import { Variables } from '../memory/variables';
import { Gpu } from '../run/gpu';
import { Recording } from '../run/recording';
import { timeOfOne, timeOnDevice } from '../run/timing';

/** Sums that do not wait for one another, four lanes each: enough for any pipeline's depth. */
const [THREADS, CHAINS, ROUNDS] = [65_536, 8, 64];
/** Operations of one launch: two a multiply-add, and two multiply-adds a chain and round. */
export const PEAK_FLOPS = 2 * THREADS * 4 * CHAINS * 2 * ROUNDS;

/** The same sum twice: hardware has one instruction for either, but software may know only one of them to be fast. */
export const FORMS = ['fma(SUM, factor, factor)', 'SUM * factor + factor'] as const;

/** A kernel of nothing but multiply-adds, from 0: x <- x * 1 + 1 counts how often it was done. */
export function peakProgram(form: (typeof FORMS)[number]): Compiled {
  const begin = new Slot('begin', 4 * (CHAINS + 1), { home: 'kept' });
  const totals = new Slot('totals', 4 * THREADS, { home: 'kept' });
  const step = each(CHAINS, (i) => `sum${i} = ${form.replace('SUM', `sum${i}`)};`);
  const none = { variables: new Map(), inputs: new Map(), parts: new Map(), scalars: [], together: [], sums: [] };
  return {
    ...{ ...none, name: 'peak', outputs: new Map([['totals', totals]]) },
    constants: [{ slot: begin, values: new Float32Array(begin.elements).fill(1, 4 * CHAINS) }],
    commands: [
      {
        ...{ type: 'dispatch', label: 'peak', threads: THREADS },
        reads: { begin: [begin, 'vec4f'] },
        writes: { totals: [totals, 'vec4f'] },
        body: `
          let factor = load_begin(${CHAINS});
          ${each(CHAINS, (i) => `var sum${i} = load_begin(${i});`)}
          for (var round = 0; round < ${ROUNDS}; round++) { ${step} ${step} }
          store_totals(t, ${Array.from({ length: CHAINS }, (_, i) => `sum${i}`).join(' + ')});`,
      },
    ],
  };
}

const measured = new WeakMap<GPUDevice, Promise<number>>();

/**
 * Single-precision operations a second in multiply-adds, two each: what no kernel can go beyond. Some tenths of a second,
 * once a device; no other work should be under way.
 */
export function peakFlops(device: GPUDevice): Promise<number> {
  const peak = measured.get(device) ?? measure(device);
  measured.set(device, peak);
  return peak;
}

async function measure(device: GPUDevice): Promise<number> {
  const gpu = new Gpu(device, lostFault(device));
  let least = Number.POSITIVE_INFINITY;
  for (const form of FORMS) {
    const recording = await Recording.make(gpu, new Variables(gpu), peakProgram(form));
    const time = await timeOfOne((times) => timeOnDevice(gpu, recording, times, () => true));
    least = Math.min(least, time);
    recording.dispose();
  }
  return (1000 * PEAK_FLOPS) / least;
}
