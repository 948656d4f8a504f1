/** A kernel on its buffers, to be dispatched any number of times. */
export interface Probe {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: number;
}

/** Compiles `code` with `buffers` at bindings 0, 1 ... */
export async function probe(
  device: GPUDevice,
  code: string,
  buffers: readonly GPUBuffer[],
  workgroups: number,
): Promise<Probe> {
  const module = device.createShaderModule({ code });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  return { pipeline, bindGroup, workgroups };
}

/** Seconds that so many dispatches in one submit take. */
async function secondsOf(
  device: GPUDevice,
  { pipeline, bindGroup, workgroups }: Probe,
  times: number,
): Promise<number> {
  const began = performance.now();
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  for (let i = 0; i < times; i++) pass.dispatchWorkgroups(workgroups);
  pass.end();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  return (performance.now() - began) / 1000;
}

const MOST_TIMES = 4096;

/**
 * Dispatches a second, the best of some rounds: what the device can do, not what it did beside other work.
 * @param long seconds of a round: so many that what a submit itself takes counts little
 */
export async function mostPerSecond(device: GPUDevice, probe: Probe, long: number, rounds: number): Promise<number> {
  let times = 1;
  let best = 0;
  for (let round = 0; round < rounds; ) {
    const seconds = await secondsOf(device, probe, times);
    if (seconds < long && times < MOST_TIMES) times *= 2;
    else {
      best = Math.max(best, times / Math.max(seconds, 1e-6));
      round++;
    }
  }
  return best;
}
