import { crossEntropy, crossEntropyGradient, isLargest, maskSame, semiHard } from './contrast';
import { convolve } from './convolution';
import { depthwise, depthwiseFilterGradient } from './depthwise';
import { elementwise } from './elementwise';
import { filterGradient } from './filter_gradient';
import { channelSums, mergeMoments, mergeSums, poolMoments } from './moments';
import { gain, mergeNormSums, normalise, normGradient, normSums } from './normalisation';
import { packRows, packWeights } from './panels';
import { peak } from './peak';
import { meanPool, meanPoolGradient, pool, poolGradient, upsample } from './pooling';
import { featureStd, mean, meanGradient } from './reductions';
import {
  addVector,
  copyRows,
  gatherRows,
  gatherRowsGradient,
  rowDot,
  scaleRows,
  unitRows,
  unitRowsGradient,
  writeRing,
} from './rows';
import { at } from './vector';
import { packWinograd, winograd } from './winograd';
import { winogradGradient } from './winograd_gradient';

// How tasks get to threads. A job is a kernel, its parameters and a number of tasks; whoever is free takes the next one.
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

/** By number: `KERNELS` beside this folder has them in the same order. */
function perform(kernel: i32, task: i32, p: usize, scratch: usize): void {
  if (kernel === 0) packWeights(task, p);
  else if (kernel === 1) packRows(task, p);
  else if (kernel === 2) convolve(task, p, scratch);
  else if (kernel === 3) filterGradient(task, p, scratch);
  else if (kernel === 4) depthwise(task, p, scratch);
  else if (kernel === 5) depthwiseFilterGradient(task, p);
  else if (kernel === 6) elementwise(task, p, scratch);
  else if (kernel === 7) channelSums(task, p, scratch);
  else if (kernel === 8) mergeMoments(task, p);
  else if (kernel === 9) gain(task, p);
  else if (kernel === 10) normalise(task, p, scratch);
  else if (kernel === 11) normSums(task, p);
  else if (kernel === 12) mergeNormSums(task, p);
  else if (kernel === 13) normGradient(task, p);
  else if (kernel === 14) mergeSums(task, p);
  else if (kernel === 15) poolMoments(task, p);
  else if (kernel === 16) copyRows(task, p);
  else if (kernel === 17) gatherRows(task, p);
  else if (kernel === 18) gatherRowsGradient(task, p);
  else if (kernel === 19) writeRing(task, p);
  else if (kernel === 20) addVector(task, p);
  else if (kernel === 21) unitRows(task, p);
  else if (kernel === 22) unitRowsGradient(task, p);
  else if (kernel === 23) rowDot(task, p);
  else if (kernel === 24) scaleRows(task, p);
  else if (kernel === 25) mean(task, p);
  else if (kernel === 26) meanGradient(task, p);
  else if (kernel === 27) featureStd(task, p);
  else if (kernel === 28) maskSame(task, p);
  else if (kernel === 29) crossEntropy(task, p);
  else if (kernel === 30) crossEntropyGradient(task, p);
  else if (kernel === 31) isLargest(task, p);
  else if (kernel === 32) semiHard(task, p);
  else if (kernel === 33) pool(task, p);
  else if (kernel === 34) poolGradient(task, p);
  else if (kernel === 35) meanPool(task, p);
  else if (kernel === 36) meanPoolGradient(task, p);
  else if (kernel === 37) upsample(task, p);
  else if (kernel === 38) packWinograd(task, p, scratch);
  else if (kernel === 39) winograd(task, p, scratch);
  else if (kernel === 40) winogradGradient(task, p, scratch);
  else if (kernel === 41) peak(task, p);
}

/** Words before a command's parameters: its length in words, its kernel, its tasks. */
const HEAD = 12;

/** Runs commands, one after another; each with all its tasks, on other threads too if there are some. `sleeps`: 1 where this thread may wait for them asleep. */
export function execute(control: usize, commands: usize, count: i32, threads: i32, scratch: usize, sleeps: i32): void {
  for (let i = 0; i < count; i++) {
    launch(control, at(commands, 1), at(commands, 2), commands + HEAD, threads, scratch, sleeps);
    commands += (<usize>at(commands, 0)) << 2;
  }
}

function launch(control: usize, kernel: i32, tasks: i32, p: usize, threads: i32, scratch: usize, sleeps: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1 && tasks > 1) {
      store<i32>(control, kernel, KERNEL);
      store<usize>(control, p, PARAMETERS);
      atomic.store<i32>(control, 0, DONE);
      const generation = (atomic.load<i32>(control, GENERATION) + 1) & GENERATION_MASK;
      atomic.store<i64>(control, ((<i64>generation) << (2 * COUNT_BITS)) | ((<i64>tasks) << COUNT_BITS));
      atomic.store<i32>(control, generation, GENERATION);
      atomic.notify(control + GENERATION, -1);
      takeTasks(control, scratch);
      waitUntil(control, tasks, sleeps);
      return;
    }
  }
  for (let task = 0; task < tasks; task++) perform(kernel, task, p, scratch);
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

function takeTasks(control: usize, scratch: usize): void {
  if (ASC_FEATURE_THREADS) {
    for (;;) {
      const state = atomic.add<i64>(control, 1);
      const task = <i32>(state & COUNT_MASK);
      const tasks = <i32>((state >> COUNT_BITS) & COUNT_MASK);
      if (task >= tasks) return;
      perform(load<i32>(control, KERNEL), task, load<usize>(control, PARAMETERS), scratch);
      if (atomic.add<i32>(control, 1, DONE) + 1 === tasks) atomic.notify(control + DONE, 1);
    }
  }
}

/** What a thread does all its life. */
export function serve(control: usize, scratch: usize): void {
  if (ASC_FEATURE_THREADS) {
    for (;;) {
      const seen = atomic.load<i32>(control, GENERATION);
      takeTasks(control, scratch);
      for (let i = 0; i < PATIENCE; i++) if (atomic.load<i32>(control, GENERATION) !== seen) break;
      atomic.wait<i32>(control + GENERATION, seen, -1);
    }
  }
}
