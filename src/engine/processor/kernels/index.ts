import { at, workIn } from './vector';

export { crossEntropy, crossEntropyGradient, isLargest, maskSame, semiHard } from './contrast';
export { convolve } from './convolution';
export { depthwise, depthwiseFilterGradient } from './depthwise';
export { elementwise } from './elementwise';
export { filterGradient } from './filter_gradient';
export { channelSums, mergeMoments, poolMoments } from './moments';
export { gain, mergeNormSums, normalise, normGradient, normSums } from './normalisation';
export { packRows, packWeights } from './panels';
export { peak } from './peak';
export { pool, poolGradient } from './pooling';
export { featureStd, mean } from './reductions';
export { copyRows, gatherRowsGradient, rowDot, scaleRows, unitRows, unitRowsGradient, writeRing } from './rows';
export { packWinograd, winograd } from './winograd';
export { winogradGradient } from './winograd_gradient';

// How tasks get to threads. A kernel is a function exported above, by its place in the table that `instantiate` (module.ts) fills.
// A job is a kernel, its parameters and a number of tasks; whoever is free takes the next one.
// At `control`: the state (generation, tasks and next task of the job in one number, so that a thread that comes late can
// never take a task of one job for that of another), tasks done, the generation to wait for, the kernel, where its parameters lie.

const DONE = 8;
const GENERATION = 12;
const KERNEL = 16;
const PARAMETERS = 20;
const COUNT_BITS = 22;
const COUNT_MASK = (1 << COUNT_BITS) - 1;
const GENERATION_MASK = 0xfffff;
/** Checks of what is waited for before a thread goes to sleep: some 50 microseconds. */
const PATIENCE = 10000;

/** Words before a command's parameters: its length in words, its kernel, its tasks. */
const HEAD = 12;

/** Runs commands, one after another; each with all its tasks, on other threads too if there are some. `sleeps`: 1 where this thread may wait for them asleep. */
export function execute(control: usize, commands: usize, count: i32, threads: i32, scratch: usize, sleeps: i32): void {
  workIn(scratch);
  for (let i = 0; i < count; i++) {
    launch(control, at(commands, 1), at(commands, 2), commands + HEAD, threads, sleeps);
    commands += (<usize>at(commands, 0)) << 2;
  }
}

function launch(control: usize, kernel: i32, tasks: i32, p: usize, threads: i32, sleeps: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1 && tasks > 1) {
      store<i32>(control, kernel, KERNEL);
      store<usize>(control, p, PARAMETERS);
      atomic.store<i32>(control, 0, DONE);
      const generation = (atomic.load<i32>(control, GENERATION) + 1) & GENERATION_MASK;
      atomic.store<i64>(control, ((<i64>generation) << (2 * COUNT_BITS)) | ((<i64>tasks) << COUNT_BITS));
      atomic.store<i32>(control, generation, GENERATION);
      atomic.notify(control + GENERATION, -1);
      takeTasks(control);
      waitUntil(control, tasks, sleeps);
      return;
    }
  }
  for (let task = 0; task < tasks; task++) call_indirect<void>(kernel, task, p);
}

/** A thread that is still at work when the machine has other things to do gets this one's processor, too. */
function waitUntil(control: usize, tasks: i32, sleeps: i32): void {
  if (ASC_FEATURE_THREADS) {
    for (let checks = 0; ; checks++) {
      const done = atomic.load<i32>(control, DONE);
      if (done >= tasks) return;
      if (sleeps && checks > PATIENCE) atomic.wait<i32>(control + DONE, done, -1);
    }
  }
}

function takeTasks(control: usize): void {
  if (ASC_FEATURE_THREADS) {
    for (;;) {
      const state = atomic.add<i64>(control, 1);
      const task = <i32>(state & COUNT_MASK);
      const tasks = <i32>((state >> COUNT_BITS) & COUNT_MASK);
      if (task >= tasks) return;
      call_indirect<void>(load<i32>(control, KERNEL), task, load<usize>(control, PARAMETERS));
      if (atomic.add<i32>(control, 1, DONE) + 1 === tasks) atomic.notify(control + DONE, 1);
    }
  }
}

/** What a thread does all its life. */
export function serve(control: usize, scratch: usize): void {
  workIn(scratch);
  if (ASC_FEATURE_THREADS) {
    for (;;) {
      const seen = atomic.load<i32>(control, GENERATION);
      takeTasks(control);
      for (let i = 0; i < PATIENCE; i++) if (atomic.load<i32>(control, GENERATION) !== seen) break;
      atomic.wait<i32>(control + GENERATION, seen, -1);
    }
  }
}
