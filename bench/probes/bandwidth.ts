import { mostPerSecond, probe } from './timed';

const [WORKGROUP, WORKGROUPS] = [256, 2048];
const THREADS = WORKGROUP * WORKGROUPS;
/** Of sixteen bytes, that a thread copies: in all more than any cache holds, and within every device's limits. */
const PIECES = 16;
const BYTES = 16 * THREADS * PIECES;

/** Long enough that what a submission itself takes does not count. */
const SECONDS = 0.1;
const ROUNDS = 5;

/** Neighbouring threads copy neighbouring pieces. */
const CODE = `
  @group(0) @binding(0) var<storage, read> source: array<vec4<f32>>;
  @group(0) @binding(1) var<storage, read_write> copy: array<vec4<f32>>;
  @compute @workgroup_size(${WORKGROUP}) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    for (var piece = 0u; piece < ${PIECES}u; piece++) {
      let at = piece * ${THREADS}u + id.x;
      copy[at] = source[at];
    }
  }`;

/** Bytes a second, read and written, of a copy by a kernel. */
export async function bandwidth(device: GPUDevice): Promise<number> {
  const buffers = [0, 1].map(() => device.createBuffer({ size: BYTES, usage: GPUBufferUsage.STORAGE }));
  try {
    const kernel = await probe(device, CODE, buffers, WORKGROUPS);
    return 2 * BYTES * (await mostPerSecond(device, kernel, SECONDS, ROUNDS));
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}
