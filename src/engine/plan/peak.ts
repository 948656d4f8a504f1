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
export class Probe {
  private constructor(
    private readonly device: GPUDevice,
    private readonly pipeline: GPUComputePipeline,
    private readonly bindGroup: GPUBindGroup,
    private readonly begin: GPUBuffer,
    /** What each thread's sums came to, [THREADS, LANES]. */
    readonly totals: GPUBuffer,
  ) {}

  static async open(device: GPUDevice, form: Form): Promise<Probe> {
    const module = device.createShaderModule({ label: 'peak', code: code(form) });
    const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
    const size = 4 * LANES;
    const begin = device.createBuffer({
      size: size * (CHAINS + 1),
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    const totals = device.createBuffer({
      size: size * THREADS,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const entries = [begin, totals].map((buffer, binding) => ({ binding, resource: { buffer } }));
    const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    return new Probe(device, pipeline, bindGroup, begin, totals);
  }

  /** Sets all sums' first value, and what they are multiplied with and grow by. */
  set(first: number, factor: number): void {
    const values = new Float32Array(LANES * (CHAINS + 1)).fill(first).fill(factor, LANES * CHAINS);
    this.device.queue.writeBuffer(this.begin, 0, values);
  }

  /** Seconds that `launches` in one submit take. */
  async seconds(launches: number): Promise<number> {
    const began = performance.now();
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.bindGroup);
    for (let i = 0; i < launches; i++) pass.dispatchWorkgroups(WORKGROUPS);
    pass.end();
    this.device.queue.submit([encoder.finish()]);
    await this.device.queue.onSubmittedWorkDone();
    return (performance.now() - began) / 1000;
  }

  close(): void {
    this.begin.destroy();
    this.totals.destroy();
  }
}

/** Long enough that what a submit itself takes counts little. */
const SECONDS = 0.02;
const TRIES = 3;
const MOST_LAUNCHES = 4096;

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
    const probe = await Probe.open(device, form);
    try {
      probe.set(1, 0.5);
      let launches = 1;
      for (let tries = 0; tries < TRIES; ) {
        const seconds = await probe.seconds(launches);
        if (seconds < SECONDS && launches < MOST_LAUNCHES) launches *= 2;
        else {
          best = Math.max(best, (PROBE_FLOPS * launches) / Math.max(seconds, 1e-6));
          tries++;
        }
      }
    } finally {
      probe.close();
    }
  }
  return best;
}
