import { notNow } from '../../app/session/obstacle';
import type { Parts } from '../../app/session/parts';
import { settle, withStart } from '../../app/session/settings';
import { settleSettings } from '../../app/session/showing';
import { labelNames } from '../../app/session/testedLabels';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, runUnderWay } from '../../app/store/store';
import { until } from '../../app/store/until';
import { baselinesOf } from '../../core/baselines';
import { isBundled } from '../../core/config';
import { hasEnded } from '../../core/ended';
import { isOfPlan, type Plan, type Planned, readPlan, stepsWithin } from '../../core/plan';
import { PRESETS } from '../../core/presets';
import type { Run } from '../../core/records';
import { sameStart } from '../../core/start_words';
import { TrainedSeconds } from './trainedSeconds';

/** localStorage key of the methods that are still to be trained: it outlives the visit, so that a reload goes on. */
const PLAN = 'lookalike.plan';
/** Of a budget in minutes; the rest is the cool-down, in which the rate falls to zero. */
const BEFORE_COOL_DOWN = 0.85;
/** Why a method waits to be taken up. */
const CUT_OFF = 'cut off';

/** Why a run is not there in the end, or null if it is. */
const outcome = (run: Run | null): string | null => {
  if (run?.status === 'failed') return run.reason ?? 'The training stopped with an error.';
  return run && hasEnded(run) ? null : CUT_OFF;
};

type PlanActions = Pick<Actions, 'runAll' | 'goOn' | 'cancelAll'>;
type Others = Pick<
  Actions,
  'start' | 'resume' | 'stop' | 'coolDown' | 'usePreset' | 'configure' | 'runTests' | 'comparableRuns'
>;

/** Trains methods one after the other with one budget, and evaluates them all at the end. */
export function planActions(parts: Parts, actions: Others): PlanActions {
  const { store, memory, reads } = parts;
  const { usePreset: choosePreset } = actions; // a name that linters do not take for a hook
  let going = false;

  const keep = (plan: Plan | null): void => {
    store.setState({ plan });
    if (plan) memory.setItem(PLAN, JSON.stringify(plan));
    else memory.removeItem(PLAN);
  };
  const known = (): Plan | null => store.getState().plan;

  /** The run under way comes to its end within its minutes: asked to cool down when it has used most of them. */
  const watchTime = (plan: Plan): (() => void) => {
    if (plan.budget.kind !== 'minutes') return () => undefined;
    const most = 60 * plan.budget.amount * BEFORE_COOL_DOWN;
    const seconds = new TrainedSeconds(store.stepReports);
    let asked = false;
    return store.stepReports.subscribe(() => {
      const { run } = store.getState().training;
      if (asked || run?.status !== 'running' || seconds.read(run.config.batch) < most) return;
      asked = true;
      actions.coolDown();
    });
  };

  /** The user's settings, for a method that starts from what the plan says: those of another start do not count. */
  const startingAs = ({ preset, start }: Planned, settings: Plan['settings']): Plan['settings'] => {
    const { weights, device } = store.getState();
    const dataset = currentDataset(store.getState());
    const otherwise = settle(dataset, device.report, { ...settings, preset }).config?.start ?? null;
    if (start === undefined || sameStart(start, otherwise)) return settings;
    if (start === null || isBundled(start)) return withStart(settings, start);
    const file = weights.find(({ sha256 }) => sha256 === start.sha256);
    return file ? withStart(settings, file) : settings;
  };

  /** Starts the first method that is left, with the plan's budget. Returns why it could not be, or null. */
  const startFirst = async (plan: Plan): Promise<string | null> => {
    const { training, faults } = store.getState();
    const { budget, left, settings } = plan;
    const { preset, batch } = left[0];
    settleSettings(store, { ...startingAs(left[0], settings), ...(batch === undefined ? {} : { batch }) });
    choosePreset(preset);
    const pictures = store.getState().settings.config?.batch ?? 1;
    actions.configure({ steps: stepsWithin(budget, pictures) });
    await actions.start();
    await until(store, (state) => state.training.session.is !== 'preparing');
    const { run } = store.getState().training;
    if (run && run.id !== training.run?.id) return null;
    // What was said before is not said again: two batches may be too large for one reason.
    const told = store.getState().faults.slice(faults.length);
    const [problem] = store.getState().settings.problems;
    return told.at(-1)?.message ?? problem?.message ?? 'It could not be started.';
  };

  /** Trains the first method that is left to its end, or takes it up. Returns why that failed, or null. */
  const trainFirst = async (plan: Plan): Promise<string | null> => {
    const { run: before } = store.getState().training;
    const ours = before !== null && isOfPlan(plan, before);
    if (ours && hasEnded(before)) return outcome(before);
    if (!ours) {
      // A browser that is killed may forget what this page last kept of the plan; the database does not.
      const runs = await reads.runs(plan.dataset);
      const ended = runs.find((run) => hasEnded(run) && isOfPlan(plan, run));
      if (ended) return outcome(ended);
      const reason = await startFirst(plan);
      // What passes is no fault of the method: it waits, and with it all that come after it.
      if (reason !== null) return notNow(store.getState()) ? CUT_OFF : reason;
    } else if (!runUnderWay(store.getState())) await actions.resume();
    const { run } = store.getState().training;
    const now = known();
    if (now && run) keep({ ...now, run: run.id });
    const stopWatching = watchTime(plan);
    await until(store, (state) => !runUnderWay(state));
    stopWatching();
    return outcome(store.getState().training.run);
  };

  /** Evaluates every run and baseline by the first label column, where there are labels. */
  const evaluateAll = async (): Promise<void> => {
    if (labelNames(store.getState()).length === 0) return;
    const runs = await actions.comparableRuns();
    await actions.runTests([...runs.map(({ id }) => id), ...baselinesOf(store.getState().measures.baselines)]);
  };

  const go = async (): Promise<void> => {
    if (going) return;
    going = true;
    try {
      for (let plan = known(); plan && plan.left.length > 0; plan = known()) {
        if (plan.dataset !== store.getState().library.current) return;
        const reason = await trainFirst(plan);
        const now = known();
        // Cancelled meanwhile, or cut off: then it waits for the user.
        if (!now || reason === CUT_OFF) return;
        const [first, ...left] = now.left;
        keep({ ...now, left, run: null, done: [...now.done, { ...first, reason }] });
      }
      if (known()) await evaluateAll();
    } catch (cause) {
      tellCause(store, cause);
    } finally {
      going = false;
      store.setState({ planGoing: false });
    }
  };
  const begin = (): Promise<void> => {
    store.setState({ planGoing: true });
    return go();
  };

  return {
    runAll: (planned, budget) => {
      const { current } = store.getState().library;
      if (current === null || planned.length === 0 || runUnderWay(store.getState())) return Promise.resolve();
      const { edited: settings } = store.getState().settings;
      keep({ dataset: current, begun: Date.now(), budget, settings, left: [...planned], run: null, done: [] });
      return begin();
    },
    goOn: () => {
      // Another tab may have come further meanwhile.
      store.setState({ plan: storedPlan(memory) });
      return begin();
    },
    cancelAll: () => {
      const plan = known();
      const { run, session } = store.getState().training;
      keep(null);
      // A run that was started by hand is none of the plan's.
      const ours = run !== null && plan !== null && isOfPlan(plan, run);
      if (runUnderWay(store.getState()) && (ours || (going && session.is === 'preparing'))) actions.stop();
    },
  };
}

const storedPlan = (memory: Parts['memory']): Plan | null => readPlan(memory.getItem(PLAN), Object.keys(PRESETS));

/**
 * Takes up the plan of an earlier visit, once the page shows its data set and knows what trains. While another tab trains
 * the plan is that tab's, and only waits here.
 */
export function rememberPlan({ store, memory }: Parts, goOn: () => Promise<void>): void {
  const plan = storedPlan(memory);
  if (!plan) return;
  store.setState({ plan });
  if (plan.left.length === 0) return;
  const stop = store.subscribe(({ library, device, training }) => {
    if (!library.ready || library.current !== plan.dataset || !device.report || training.phase !== 'idle') return;
    stop();
    if (training.session.is !== 'elsewhere') void goOn();
  });
}
