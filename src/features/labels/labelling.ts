import type { Parts } from '../../app/session/parts';
import type { Actions } from '../../app/store/actions';
import { currentDataset, patch } from '../../app/store/store';

type LabelActions = Pick<
  Actions,
  'takeLabels' | 'pickPictures' | 'pickPicture' | 'labelInto' | 'giveLabel' | 'dropLabels'
>;

/** Rows from one to another, both included, whichever is larger. */
const between = (a: number, b: number): number[] =>
  Array.from({ length: Math.abs(a - b) + 1 }, (_, i) => Math.min(a, b) + i);

export function labelActions({ store, threads }: Parts): LabelActions {
  const dataset = (): string | null => currentDataset(store.getState())?.id ?? null;
  return {
    takeLabels: (file) => {
      const id = dataset();
      if (id === null) return;
      patch(store, 'labels', { busy: true });
      threads.evaluator.send({ type: 'take-labels', dataset: id, file });
    },
    pickPictures: (on) => patch(store, 'labels', { picking: on ? [] : null, message: '' }),
    pickPicture: (row, upTo) => {
      const { picking } = store.getState().labels;
      if (!picking) return;
      const last = picking.at(-1);
      // Shift takes all between the picture chosen last and this one, as file managers do.
      const rows = upTo && last !== undefined ? between(last, row).filter((one) => one !== row) : [];
      const without = picking.filter((one) => one !== row && !rows.includes(one));
      const taken = upTo || !picking.includes(row) ? [...rows, row] : [];
      patch(store, 'labels', { picking: [...without, ...taken] });
    },
    labelInto: (column) => patch(store, 'labels', { into: column }),
    giveLabel: (column, label) => {
      const id = dataset();
      const { picking } = store.getState().labels;
      if (id === null || !picking || picking.length === 0) return;
      patch(store, 'labels', { busy: true, picking: [] });
      threads.evaluator.send({ type: 'give-label', dataset: id, column, rows: [...picking], label });
    },
    dropLabels: (column) => {
      const id = dataset();
      if (id !== null) threads.evaluator.send({ type: 'drop-labels', dataset: id, column });
    },
  };
}
