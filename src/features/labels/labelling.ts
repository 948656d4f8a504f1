import { evaluateSearch } from '../../app/session/evaluating';
import type { Parts } from '../../app/session/parts';
import { goTo } from '../../app/session/route';
import { announce, tellCause } from '../../app/store/faults';
import type { LabelActions } from '../../app/store/labelActions';
import { currentDataset, patch } from '../../app/store/store';
import type { ChangedLabels } from '../../protocol/evaluating';

type PickActions = Pick<
  LabelActions,
  'takeLabels' | 'pickPictures' | 'pickRows' | 'pickPicture' | 'pickAll' | 'labelInto' | 'dropLabels'
>;

/** The pictures shown from one row to another, both included, whichever stands first. `rows`: shown, in order; null: all. */
function between(rows: readonly number[] | null, a: number, b: number): number[] {
  const [one, other] = rows ? [rows.indexOf(a), rows.indexOf(b)] : [a, b];
  if (one < 0 || other < 0) return [b];
  const from = Math.min(one, other);
  const places = Array.from({ length: Math.abs(one - other) + 1 }, (_, i) => from + i);
  return rows ? places.map((place) => rows[place]) : places;
}

export function labelActions(parts: Parts): PickActions {
  const { store, threads, tabs } = parts;
  const dataset = (): string | null => currentDataset(store.getState())?.id ?? null;
  /** Waits for a change of whole columns, and shows them as they are then. What was edited before can no longer be undone. */
  const show = async (id: string, change: Promise<ChangedLabels>, announced = false): Promise<void> => {
    patch(store, 'labels', { busy: true });
    try {
      const changed = await change;
      tabs.tell({ of: 'labels', dataset: id });
      if (store.getState().library.current !== id) return;
      if (announced) announce(store, changed.message);
      patch(store, 'labels', { ...changed, past: [], future: [] });
      patch(store, 'tests', { version: store.getState().tests.version + 1 });
      evaluateSearch(parts);
    } catch (cause) {
      tellCause(store, cause);
    } finally {
      patch(store, 'labels', { busy: false });
    }
  };
  return {
    takeLabels: (file) => {
      const id = dataset();
      if (id !== null) void show(id, threads.evaluator.call({ type: 'take-labels', dataset: id, file }), true);
    },
    pickPictures: (on) => {
      if (on) goTo(store, 'explore');
      patch(store, 'labels', { picking: on ? [] : null, message: '' });
    },
    pickPicture: (row, upTo) => {
      const { labels, browse } = store.getState();
      const { picking } = labels;
      if (!picking) return;
      const last = picking.at(-1);
      // Shift takes all between the picture chosen last and this one, as file managers do.
      const rows =
        upTo && last !== undefined ? between(browse.listed ?? browse.rows, last, row).filter((one) => one !== row) : [];
      const without = picking.filter((one) => one !== row && !rows.includes(one));
      const taken = upTo || !picking.includes(row) ? [...rows, row] : [];
      patch(store, 'labels', { picking: [...without, ...taken] });
    },
    pickAll: (all) => {
      const { browse } = store.getState();
      const count = currentDataset(store.getState())?.count ?? 0;
      const rows = browse.listed ?? browse.rows ?? Array.from({ length: count }, (_, row) => row);
      patch(store, 'labels', { picking: all ? rows : [] });
    },
    pickRows: (rows) => patch(store, 'labels', { picking: rows, message: '' }),
    labelInto: (column) => patch(store, 'labels', { into: column }),
    dropLabels: (column) => {
      const id = dataset();
      if (id !== null) void show(id, threads.evaluator.call({ type: 'drop-labels', dataset: id, column }));
    },
  };
}
