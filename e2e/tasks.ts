import type { Browser, Page } from '@playwright/test';
import { expect } from './app';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  /** Microseconds: by the clock, and of the thread's own work. */
  dur?: number;
  tdur?: number;
  args: { name?: string; chrome_mojo_event_info?: { mojo_interface_tag?: string } };
}

/**
 * Milliseconds of work of the longest tasks on the page's main thread while `work` goes on, longest first. Of work, not by
 * the clock as the long-task observer counts: on a busy machine a task is kept waiting, which is not the page's doing.
 * The task in which the browser itself makes File objects of a chosen folder counts from the `change` event on only.
 */
async function longestTasks(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const trace = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const main = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const ours = traceEvents.filter(({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid));
  const choosing = ours.filter((event) =>
    event.args.chrome_mojo_event_info?.mojo_interface_tag?.endsWith('FileChooser'),
  );
  const isChoice = (task: TraceEvent): boolean => choosing.some((inner) => within(inner, task));
  return ours
    .filter((event) => /::RunTask$/.test(event.name) && event.tdur !== undefined)
    .map((task) => (isChoice(task) ? dispatched(ours, task) : (task.tdur ?? 0)) / 1000)
    .sort((a, b) => b - a);
}

/** Others on the machine make work longer (its caches are shared), never shorter: the calmest of so many trials counts. */
const TRIALS = 3;
/** Milliseconds: a longer task is felt. */
const LONGEST = 50;

/** Tasks of the page that are too long each time that `work` is done; `again` goes before every further time. */
export async function blockingTasks(
  browser: Browser,
  page: Page,
  work: (trial: number) => Promise<unknown>,
  again: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number[]> {
  let blocking: number[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    if (trial > 0) await again();
    const tasks = await longestTasks(browser, page, () => work(trial));
    expect(tasks.length).toBeGreaterThan(100);
    blocking = tasks.filter((milliseconds) => milliseconds > LONGEST);
    if (blocking.length === 0) break;
  }
  return blocking;
}

const within = (inner: TraceEvent, outer: TraceEvent): boolean =>
  inner.pid === outer.pid &&
  inner.tid === outer.tid &&
  inner.ts >= outer.ts &&
  inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);

/** Work of the page's event listeners within a task. */
const dispatched = (events: TraceEvent[], task: TraceEvent): number =>
  events
    .filter((event) => event.name === 'EventDispatch' && within(event, task))
    .reduce((sum, { tdur = 0 }) => sum + tdur, 0);
