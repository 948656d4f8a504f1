import { mostPerSecond, probe } from './timed';

const [WORKGROUP, WORKGROUPS] = [64, 1024];
/** Sums that do not wait for one another, four lanes each: enough for any pipeline's depth. */
const CHAINS = 8;
const ROUNDS = 64;

const each = (line: (i: number) => string): string => Array.from({ length: CHAINS }, (_, i) => line(i)).join('\n');

type Form = (sum: string) => string;
/** The same sum twice: hardware has one instruction for either, but software may know only one of them to be fast. */
const FORMS: readonly Form[] = [(sum) => `fma(${sum}, factor, factor)`, (sum) => `${sum} * factor + factor`];

/** A thread multiplies and adds in registers and nothing else; what it starts from and ends with is kept from being known. */
const code = (form: Form): string => `
  @group(0) @binding(0) var<storage, read_write> values: array<vec4<f32>>;
  @compute @workgroup_size(${WORKGROUP}) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let factor = values[id.x % 16u];
    ${each((i) => `var sum${i} = values[id.x % 16u + ${i}u];`)}
    for (var round = 0; round < ${ROUNDS}; round++) {
      ${each((i) => `sum${i} = ${form(`sum${i}`)};`)}
      ${each((i) => `sum${i} = ${form(`sum${i}`)};`)}
    }
    let total = ${Array.from({ length: CHAINS }, (_, i) => `sum${i}`).join(' + ')};
    // Never so, but who compiles cannot tell.
    if (total.x == 1234.5) { values[0] = total; }
  }`;

const FLOPS = WORKGROUP * WORKGROUPS * ROUNDS * 2 * CHAINS * 4 * 2;

/** Single-precision operations a second in multiply-adds, two each: what no kernel can go beyond. */
export async function peakFlops(device: GPUDevice): Promise<number> {
  const values = device.createBuffer({ size: 32 * 16, usage: GPUBufferUsage.STORAGE });
  try {
    const rates: number[] = [];
    for (const form of FORMS)
      rates.push(await mostPerSecond(device, await probe(device, code(form), [values], WORKGROUPS)));
    return FLOPS * Math.max(...rates);
  } finally {
    values.destroy();
  }
}
