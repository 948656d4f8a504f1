import { mostPerSecond, type Probe, probe } from './timed';

const [WORKGROUP, WORKGROUPS] = [64, 1024];
/** Sums that do not wait for one another, four lanes each: enough for any pipeline's depth. */
const CHAINS = 8;
const ROUNDS = 64;
const LANES = 4;
const THREADS = WORKGROUP * WORKGROUPS;

/** Operations of one launch of the probe: two a multiply-add, and two multiply-adds a chain and round. */
export const PROBE_FLOPS = 2 * THREADS * LANES * CHAINS * 2 * ROUNDS;

type Form = (sum: string) => string;
/** The same sum twice: hardware has one instruction for either, but software may know only one of them to be fast. */
export const FORMS: readonly Form[] = [(sum) => `fma(${sum}, factor, factor)`, (sum) => `${sum} * factor + factor`];

const each = (line: (i: number) => string): string => Array.from({ length: CHAINS }, (_, i) => line(i)).join('\n');

/** A thread multiplies and adds in registers; what it begins with and what becomes of its total is kept from being known. */
const code = (form: Form): string => `
  @group(0) @binding(0) var<storage, read> begin: array<vec4f>;
  @group(0) @binding(1) var<storage, read_write> totals: array<vec4f>;
  @compute @workgroup_size(${WORKGROUP}) fn main(@builtin(global_invocation_id) id: vec3u) {
    let factor = begin[${CHAINS}];
    ${each((i) => `var sum${i} = begin[${i}];`)}
    for (var round = 0; round < ${ROUNDS}; round++) {
      ${each((i) => `sum${i} = ${form(`sum${i}`)};`)}
      ${each((i) => `sum${i} = ${form(`sum${i}`)};`)}
    }
    totals[id.x] = ${Array.from({ length: CHAINS }, (_, i) => `sum${i}`).join(' + ')};
  }`;

/** A kernel of nothing but multiply-adds. */
export interface PeakProbe extends Probe {
  /** What each thread's sums came to, [THREADS, LANES]. */
  readonly totals: GPUBuffer;
  /** Sets all sums' first value, and what they are multiplied with and grow by. */
  set(first: number, factor: number): void;
  close(): void;
}

export async function openPeakProbe(device: GPUDevice, form: Form): Promise<PeakProbe> {
  const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
  const size = 4 * LANES;
  const begin = device.createBuffer({ size: size * (CHAINS + 1), usage: STORAGE | COPY_DST });
  const totals = device.createBuffer({ size: size * THREADS, usage: STORAGE | COPY_SRC });
  return {
    ...(await probe(device, code(form), [begin, totals], WORKGROUPS)),
    totals,
    set(first, factor) {
      const values = new Float32Array(LANES * (CHAINS + 1)).fill(first).fill(factor, LANES * CHAINS);
      device.queue.writeBuffer(begin, 0, values);
    },
    close() {
      for (const buffer of [begin, totals]) buffer.destroy();
    },
  };
}

/** Long enough that what a submit itself takes counts little. */
const SECONDS = 0.02;
const TRIES = 3;

const measured = new WeakMap<GPUDevice, Promise<number>>();

/**
 * Single-precision operations a second in multiply-adds, two each: what no kernel can go beyond. The best of some tries,
 * a few tenths of a second for all, made once a device; no other work should be under way.
 */
export function peakFlops(device: GPUDevice): Promise<number> {
  const known = measured.get(device);
  if (known) return known;
  const peak = measure(device);
  measured.set(device, peak);
  peak.catch(() => measured.delete(device));
  return peak;
}

async function measure(device: GPUDevice): Promise<number> {
  let best = 0;
  for (const form of FORMS) {
    const kernel = await openPeakProbe(device, form);
    try {
      kernel.set(1, 0.5);
      best = Math.max(best, PROBE_FLOPS * (await mostPerSecond(device, kernel, SECONDS, TRIES)));
    } finally {
      kernel.close();
    }
  }
  return best;
}
