import { normalise, normGradient, sumChannels } from './channels';
import { convolve } from './convolution';
import { depthwise, depthwiseFilterGradient } from './depthwise';
import { filterGradient } from './filter_gradient';
import { packRows, packWeights } from './panels';

// How tasks get to threads. A job is a kernel, its parameters and a number of tasks; whoever is free takes the next one.
// At `control`: the state (generation, tasks and next task of the job in one number, so that a thread that comes late can
// never take a task of one job for that of another), tasks done, the generation to wait for, the kernel, its parameters.

const DONE = 8;
const GENERATION = 12;
const KERNEL = 16;
const PARAMETERS = 64;
const COUNT_BITS = 22;
const COUNT_MASK = (1 << COUNT_BITS) - 1;
const GENERATION_MASK = 0xfffff;
/** Checks of what is waited for before a thread goes to sleep: some 50 microseconds. */
const PATIENCE = 10000;

function perform(kernel: i32, task: i32, p: usize, scratch: usize): void {
  if (kernel === 0) packWeights(task, p);
  else if (kernel === 1) packRows(task, p);
  else if (kernel === 2) convolve(task, p, scratch);
  else if (kernel === 3) filterGradient(task, p, scratch);
  else if (kernel === 4) sumChannels(task, p);
  else if (kernel === 5) normalise(task, p);
  else if (kernel === 6) normGradient(task, p);
  else if (kernel === 7) depthwise(task, p, scratch);
  else if (kernel === 8) depthwiseFilterGradient(task, p);
}

/** Runs all tasks of a job, with other threads if there are some. `sleeps`: 1 where this thread may wait for them asleep. */
export function run(control: usize, kernel: i32, tasks: i32, threads: i32, scratch: usize, sleeps: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (threads > 1 && tasks > 1) {
      store<i32>(control, kernel, KERNEL);
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
  for (let task = 0; task < tasks; task++) perform(kernel, task, control + PARAMETERS, scratch);
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
      perform(load<i32>(control, KERNEL), task, control + PARAMETERS, scratch);
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
