import { count } from '../../core/amounts';
import type { Actions } from '../store/actions';
import { isTraining, type State } from '../store/store';
import { stepsOf, stepWords } from '../terms/trainingWords';

type Ending = keyof Pick<
  Actions,
  'cancelImport' | 'cancelCopy' | 'stop' | 'stopPretrained' | 'stopEmbedding' | 'cancelTests'
>;

/** Something that goes on. */
export interface Task {
  id: 'import' | 'copy' | 'training' | 'trainer' | 'background' | 'tests' | 'encoders';
  words: string;
  /** Share that is done; null: not known. */
  share: number | null;
  cancel: { words: 'Cancel' | 'Stop'; action: Ending } | null;
  /** How long it takes is told where it is controlled. */
  timed: boolean;
}

const cancelBy = (action: Ending): Task['cancel'] => ({ words: 'Cancel', action });

/** What goes on now, what the user has asked for first. `step`: the newest of the run. */
export function tasksOf(state: State, step: number): Task[] {
  return [
    importing(state),
    copying(state),
    trainer(state, step),
    tests(state),
    background(state),
    encoders(state),
  ].filter((task) => task !== null);
}

function importing({ library: { importing } }: State): Task | null {
  if (!importing) return null;
  const { taken, duplicates, refused, found, walked } = importing;
  const done = taken + duplicates + refused;
  const words = `Importing ${count(done)} of ${count(found)} pictures${walked ? '' : ' found so far'}`;
  const share = walked && found > 0 ? done / found : null;
  return { id: 'import', words, share, cancel: cancelBy('cancelImport'), timed: true };
}

const copying = ({ library: { copying } }: State): Task | null =>
  copying && { id: 'copy', ...copying, cancel: cancelBy('cancelCopy'), timed: true };

function trainer(state: State, step: number): Task | null {
  const { phase, message, progress, run } = state.training;
  if (phase === 'training' && run) {
    const steps = stepsOf(run);
    const words = `Training, ${stepWords(run, step)}`;
    const share = steps === null ? null : step / steps;
    return { id: 'training', words, share, cancel: { words: 'Stop', action: 'stop' }, timed: false };
  }
  if (phase === 'idle' || phase === 'paused') return null;
  const cancel = isTraining(state)
    ? ({ words: 'Stop', action: 'stop' } as const)
    : state.measures.asked.length > 0
      ? cancelBy('stopPretrained')
      : null;
  return { id: 'trainer', words: message || 'Working', share: progress, cancel, timed: !isTraining(state) };
}

const tests = ({ tests: { testing } }: State): Task | null =>
  testing && {
    id: 'tests',
    words: testing.message,
    share: testing.progress,
    cancel: cancelBy('cancelTests'),
    timed: true,
  };

const background = ({ background }: State): Task | null =>
  background && {
    id: 'background',
    words: background.message,
    share: background.progress,
    cancel: background.kind === 'embed' || background.kind === 'embed-used' ? cancelBy('stopEmbedding') : null,
    timed: true,
  };

const encoders = ({ encoders: { evaluating } }: State): Task | null =>
  evaluating
    ? { id: 'encoders', words: 'Measuring how well each model finds', share: null, cancel: null, timed: true }
    : null;
