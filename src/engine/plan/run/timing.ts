import type { Dispatch } from '../lower/command';
import type { Gpu } from './gpu';
import type { Recording } from './recording';

/** Milliseconds that a batch takes at least: browsers round the time to 0.1, and a submit costs about as much. */
const ENOUGH = 10;
const MOST_TIMES = 4096;
const ROUNDS = 3;

/**
 * Milliseconds of one time, out of batches long enough to tell: `measure` says how long so many times take. The best of three
 * rounds, as whatever else the device does passes.
 */
export async function timeOfOne(measure: (times: number) => Promise<number>): Promise<number> {
  await measure(1);
  let times = 1;
  let taken = await measure(times);
  while (taken < ENOUGH && times < MOST_TIMES) {
    // Towards what is enough by what is known, but not on the word of a rounded time.
    times = Math.min(MOST_TIMES, times * Math.max(2, Math.min(16, Math.ceil(ENOUGH / taken))));
    taken = await measure(times);
  }
  for (let round = 1; round < ROUNDS; round++) taken = Math.min(taken, await measure(times));
  return taken / times;
}

/** Milliseconds that some dispatches of a recording, fed with nothing, take so many times over in one submit; by the device's clock if it has one. */
export async function timeOnDevice(
  gpu: Gpu,
  recording: Recording,
  times: number,
  of: (dispatch: Dispatch) => boolean,
): Promise<number> {
  const { device } = gpu;
  recording.feed({});
  const encoder = device.createCommandEncoder();
  if (!device.features.has('timestamp-query')) {
    recording.repeat(encoder, times, of);
    const began = performance.now();
    device.queue.submit([encoder.finish()]);
    await gpu.orLost(device.queue.onSubmittedWorkDone());
    return performance.now() - began;
  }
  const { stamps } = await timestamped(gpu, 2, async (querySet, resolve) => {
    recording.repeat(encoder, times, of, { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 });
    resolve(encoder);
    device.queue.submit([encoder.finish()]);
  });
  return Number(stamps[1] - stamps[0]) / 1e6;
}

/** So many timestamps in nanoseconds, of what `submit` does: it has them resolved by the last encoder that it submits. */
export async function timestamped<T>(
  gpu: Gpu,
  count: number,
  submit: (querySet: GPUQuerySet, resolve: (encoder: GPUCommandEncoder) => void) => Promise<T>,
): Promise<{ made: T; stamps: BigInt64Array }> {
  const querySet = gpu.device.createQuerySet({ type: 'timestamp', count });
  const resolved = gpu.buffer('timestamps', 8 * count, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
  const staging = gpu.buffer('timestamps', 8 * count, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    const made = await submit(querySet, (encoder) => {
      encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 8 * count);
    });
    await gpu.orLost(staging.mapAsync(GPUMapMode.READ));
    return { made, stamps: new BigInt64Array(staging.getMappedRange().slice(0)) };
  } finally {
    for (const one of [querySet, resolved, staging]) one.destroy();
  }
}
