import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import type { ComparisonTable } from '../../src/core/comparison/table';
import { type Budget, type Plan, type Planned, plannedWords } from '../../src/core/plan';
import { PRETRAINED, pretrainedRun } from '../../src/core/pretrained';
import type { Run } from '../../src/core/records';
import { Complaint } from '../complaint';
import { given } from '../given';
import { complainOfFaults, takeFaults } from '../train/drive';
import { sleep } from '../train/watch';

// A comparison as a user would make it, in the page. What is passed to `evaluate` runs there.

/** Names of the label columns there are, by folders first. */
export const columnsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { library, labels } = lookalike.store.getState();
    const dataset = library.datasets.find(({ id }) => id === library.current);
    const folders = Object.keys(dataset?.labels ?? {}).length > 0;
    return [...(folders ? ['folder'] : []), ...labels.columns.map(({ name }) => name)];
  });

/** Gives the page a CSV file of labels. Returns what was taken in, in words. */
export async function giveLabels(page: Page, file: string): Promise<string> {
  const input = await given(page, file);
  await input.evaluate((element) => {
    const [table] = element.files ?? [];
    if (table) lookalike.actions.takeLabels(table);
  });
  while (await page.evaluate(() => lookalike.store.getState().labels.busy)) await sleep(100);
  await complainOfFaults(page);
  return page.evaluate(() => lookalike.store.getState().labels.message);
}

/** Trains every method. Resolves with what became of each. */
export async function runAll(page: Page, planned: readonly Planned[], budget: Budget): Promise<Plan['done']> {
  await page.evaluate(([all, each]) => lookalike.actions.runAll(all, each), [planned, budget] as const);
  const plan = await page.evaluate(() => lookalike.store.getState().plan);
  if (!plan) return []; // given up by Ctrl-C
  if (plan.left.length === 0) {
    await takeFaults(page); // Each method that could not be trained has its reason.
    return plan.done;
  }
  await complainOfFaults(page);
  throw new Complaint(`${plannedWords(plan.left[0])} was cut off before its end.`);
}

/** Embeds with each network that comes with the page. */
export async function addPretrained(page: Page): Promise<void> {
  for (const { name } of PRETRAINED) {
    await page.evaluate((one) => lookalike.actions.addPretrained(one), name);
    const there = (): Promise<boolean> =>
      page.evaluate(
        (of) => lookalike.store.getState().measures.baselines.some((evaluation) => evaluation.of === of),
        pretrainedRun(name),
      );
    while (!(await there())) {
      await complainOfFaults(page);
      await sleep(200);
    }
  }
}

/** Takes in no more pictures, and trains none of the methods that are left. */
export const giveUp = (page: Page): Promise<void> =>
  page.evaluate(() => {
    lookalike.actions.cancelImport();
    lookalike.actions.cancelAll();
  });

export const runsOf = (page: Page): Promise<Run[]> => page.evaluate(() => lookalike.actions.comparableRuns());

/** Tests runs and baselines by one label column. A column that allows no test is said, and left out. */
export async function testBy(page: Page, column: string, of: string[]): Promise<string[]> {
  await page.evaluate(([name, all]) => lookalike.actions.runTests(all, [name]), [column, of] as const);
  return takeFaults(page);
}

export async function compared(page: Page, of: string[], columns: string[]): Promise<ComparisonTable> {
  const table = await page.evaluate(([all, names]) => lookalike.actions.compare(all, names), [of, columns] as const);
  if (!table) throw new Error('compare: no table without another question');
  return table;
}

/** What the page is at, in a line: 'SimCLR from InceptionV3, run 2 of 9, step 5/300'. */
export async function stateLine(page: Page): Promise<string> {
  const { plan, testing, run, stepping, message, step } = await page.evaluate(() => {
    const { plan, tests, training } = lookalike.store.getState();
    const { run, phase, message } = training;
    return {
      ...{ plan, run, message: phase === 'idle' ? '' : message, step: lookalike.store.stepReports.last },
      ...{ testing: tests.testing?.message, stepping: phase === 'training' },
    };
  });
  if (testing) return testing;
  const [first] = plan?.left ?? [];
  if (!plan || !first) return message;
  const { left, done } = plan;
  const steps = run?.config.steps ? `/${run.config.steps}` : '';
  const now = stepping && step > 0 ? `step ${step}${steps}` : message;
  return now && `${plannedWords(first)}, run ${done.length + 1} of ${done.length + left.length}: ${now}`;
}
