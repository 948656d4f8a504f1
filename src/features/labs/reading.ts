import type { Parts } from '../../app/session/parts';
import { encoderOf } from '../../app/session/settings';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { patch, runUnderWay, type State } from '../../app/store/store';
import { untrainedOf } from '../../core/defaults';
import { Fault } from '../../core/fault';
import { pooledBackbone } from '../../core/representation';
import { seenBy } from '../../core/seen';
import type { ReadingAnswer, ReadingKind, ReadingWish, Whose } from '../../protocol/reading';

type ReadingActions = Pick<
  Actions,
  'listRuns' | 'trySensitivity' | 'askWhy' | 'represent' | 'readDimensions' | 'askFiring' | 'stopReading'
>;

const SHORT: readonly ReadingKind[] = ['why', 'firing'];

/** Looks into embeddings beside training: what is asked of the trainer. */
export function readingActions(parts: Parts): ReadingActions {
  const { store, threads, reads } = parts;

  const ask = (wish: ReadingWish): void => {
    const { reading } = store.getState();
    // Short looks follow one another as the person goes from picture to picture; long ones are asked for once.
    if (!SHORT.includes(wish.kind) && reading.asked.includes(wish.kind)) return;
    patch(store, 'reading', { asked: [...reading.asked, wish.kind] });
    threads.trainer.send({ type: 'read', wish });
  };

  /** Asks where the trainer has nothing else to do. */
  const askAtRest = (wish: ReadingWish): void => {
    const state = store.getState();
    if (runUnderWay(state) || state.training.lock === 'elsewhere')
      tellCause(store, new Fault('busy', 'A run is under way.', 'Look into embeddings when it has ended.'));
    else if (state.device.report) ask(wish);
  };

  return {
    listRuns: async () => {
      const { current } = store.getState().library;
      if (current === null) return;
      try {
        const runs = await reads.runs(current);
        if (store.getState().library.current === current) patch(store, 'reading', { runs });
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    trySensitivity: (subjects, logo) => {
      const whose = whoseOf(store.getState());
      if (!whose || subjects.length === 0) return;
      // What was found before stays in sight until there is something new.
      askAtRest({ kind: 'sensitivity', whose, subjects, logo });
    },
    askWhy: (neighbour) => {
      const state = store.getState();
      const whose = whoseOf(state);
      const { row, result } = state.similar;
      if (!whose || row === null || !result || !state.device.report) return;
      const run = result.run === 'untrained' ? null : result.run;
      ask({ kind: 'why', whose: { ...whose, run }, first: row, second: neighbour });
    },
    represent: (representation) => {
      const { run } = store.getState().training;
      if (!run) return;
      patch(store, 'reading', { representation: null });
      askAtRest({
        kind: 'represent',
        dataset: run.dataset,
        run: run.id,
        representation: representation ?? pooledBackbone(run.config.backbone),
      });
    },
    readDimensions: () => {
      const whose = whoseOf(store.getState());
      if (!whose) return;
      patch(store, 'reading', { dimensions: null, firing: null });
      askAtRest({ kind: 'dimensions', whose });
    },
    askFiring: (dimension, rows) => {
      const whose = whoseOf(store.getState());
      const { dimensions } = store.getState().reading;
      if (!whose || !dimensions) return;
      patch(store, 'reading', { firing: null });
      askAtRest({ kind: 'firing', whose: { ...whose, run: dimensions.run }, dimension, rows });
    },
    stopReading: (kind) => threads.trainer.send({ type: 'stop-reading', kind }),
  };
}

/** The encoder that is searched with: the run's on the page, before there is one the untrained encoder. */
function whoseOf({ library, training: { run }, settings }: State): Whose | null {
  const config = run?.config ?? settings.config;
  if (library.current === null || !config) return null;
  const { seed } = config;
  if (run && run.step > 0)
    return { dataset: library.current, run: run.id, encoder: encoderOf(config), side: seenBy(config).side, seed };
  const { side, ...encoder } = untrainedOf(config);
  return { dataset: library.current, run: null, encoder, side, seed };
}

/** Takes in what was found. Words about another data set are left aside. */
export function hearReading({ store }: Parts, answer: ReadingAnswer): void {
  patch(store, 'reading', heard(answer, store.getState()));
}

function heard(answer: ReadingAnswer, { library, reading }: State): Partial<State['reading']> {
  const here = (dataset: string): boolean => dataset === library.current;
  switch (answer.kind) {
    case 'sensitivity':
      return here(answer.dataset) ? { sensitivity: answer } : {};
    case 'why':
      return { why: answer.why };
    case 'represent':
      return { representation: answer.report, dimensions: null, firing: null };
    case 'dimensions':
      return here(answer.dataset) ? { dimensions: answer.report } : {};
    case 'firing':
      return { firing: answer.firing };
    case 'over':
      return { asked: withoutFirst(reading.asked, answer.of) };
  }
}

function withoutFirst<T>(list: readonly T[], one: T): T[] {
  const place = list.indexOf(one);
  return list.filter((_, i) => i !== place);
}
