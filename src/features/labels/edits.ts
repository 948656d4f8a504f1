import { evaluateSearch } from '../../app/session/evaluating';
import type { Parts } from '../../app/session/parts';
import { announce, tellCause } from '../../app/store/faults';
import type { LabelActions } from '../../app/store/labelActions';
import type { Edit, LabelsSlice } from '../../app/store/labelsSlice';
import { currentDataset, patch } from '../../app/store/store';
import { counted } from '../../core/amounts';
import type { ClassColumn, LabelColumn } from '../../core/labels/column';
import { classOrder } from '../../core/labels/summary';

type EditActions = Pick<
  LabelActions,
  'giveLabel' | 'giveLabels' | 'labelByKey' | 'renameClass' | 'setAside' | 'removePictures' | 'undo' | 'redo'
>;

/** A column whose classes can be given by hand. */
const classesIn = (columns: readonly LabelColumn[], name: string): ClassColumn | undefined =>
  columns.find((one): one is ClassColumn => one.name === name && one.kind === 'class');

/** What the user changes of the pictures by hand, one after the other, each of which can be undone. */
export function editActions(parts: Parts): EditActions {
  const { store, threads, tabs, reads } = parts;
  const labels = (): LabelsSlice => store.getState().labels;

  /** Stores an edit, or what undoes it, and shows what is so then. */
  const apply = async (id: string, edit: Edit, forwards: boolean): Promise<void> => {
    const { rows } = edit;
    if (edit.of === 'aside') {
      const aside = edit.aside === forwards;
      const setAside = await threads.importer.call({ type: 'set-aside', dataset: id, rows, aside });
      const { datasets } = store.getState().library;
      patch(store, 'library', { datasets: datasets.map((one) => (one.id === id ? { ...one, setAside } : one)) });
      tabs.tell({ of: 'datasets' });
      return;
    }
    const { column, before, after } = edit;
    const given = forwards ? after : before;
    const changed = await threads.evaluator.call({ type: 'give-labels', dataset: id, column, rows, labels: given });
    tabs.tell({ of: 'labels', dataset: id });
    if (store.getState().library.current !== id) return;
    patch(store, 'labels', changed);
    patch(store, 'tests', { version: store.getState().tests.version + 1 });
    evaluateSearch(parts);
  };

  /** Edits and undos wait for each other: each begins with what the one before has left. */
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: (id: string) => Promise<void>): Promise<void> => {
    const asked = store.getState().library.current;
    const next = async (): Promise<void> => {
      const dataset = currentDataset(store.getState());
      // Rows are those of the collection that it was asked of.
      if (!dataset || dataset.id !== asked) return;
      patch(store, 'labels', { busy: true });
      try {
        await work(dataset.id);
      } catch (cause) {
        tellCause(store, cause);
      } finally {
        patch(store, 'labels', { busy: false });
      }
    };
    last = last.then(next);
    return last;
  };

  const edit = (make: () => Edit | null): Promise<void> =>
    inTurn(async (id) => {
      const made = make();
      if (!made || made.rows.length === 0) return;
      await apply(id, made, true);
      if (store.getState().library.current !== id) return;
      patch(store, 'labels', { past: [...labels().past, made], future: [] });
      announce(store, made.words);
    });

  const relabel = (column: string, rows: readonly number[], after: readonly (string | null)[], words: string) =>
    edit(() => {
      const values = classesIn(labels().columns, column)?.values ?? [];
      return { of: 'labels', column, rows, before: rows.map((row) => values[row] ?? null), after, words };
    });

  /** These rows, else the selection, which is then empty. */
  const taken = (rows: readonly number[] | undefined): readonly number[] => {
    const { picking } = labels();
    if (!rows && picking) patch(store, 'labels', { picking: [] });
    return [...(rows ?? picking ?? [])];
  };

  const giveLabel: EditActions['giveLabel'] = (column, label, given) => {
    const rows = taken(given);
    const pictures = counted(rows.length, 'picture');
    const words = label === null ? `${pictures} without a label in “${column}”` : `${pictures} labelled “${label}”`;
    return relabel(column, rows, Array(rows.length).fill(label), words);
  };

  return {
    giveLabel,
    giveLabels: (column, rows, given, words = `${counted(rows.length, 'picture')} labelled in “${column}”`) =>
      relabel(column, rows, given, words),
    labelByKey: (key, rows) => {
      const { into, columns } = labels();
      const column = classesIn(columns, into);
      const name = column && classOrder(column)[key - 1];
      if (key > 0 && !name) announce(store, `“${into}” has no class ${key} yet: type a new label first.`);
      else if (column) return giveLabel(into, name ?? null, rows);
      return Promise.resolve();
    },
    renameClass: (column, from, to) => {
      const { values = [] } = classesIn(labels().columns, column) ?? {};
      const name = to.trim();
      if (name === from || name === '') return Promise.resolve();
      const rows = [...values.keys()].filter((row) => values[row] === from);
      const merged = values.includes(name);
      const words = merged ? `“${from}” is part of “${name}” now` : `“${from}” is called “${name}” now`;
      return relabel(column, rows, Array(rows.length).fill(name), words);
    },
    setAside: (given, wanted) => {
      const aside = wanted ?? !store.getState().browse.aside;
      const rows = taken(given);
      if (!given) patch(store, 'labels', { picking: null });
      return edit(() => {
        const already = new Set(currentDataset(store.getState())?.setAside);
        const changed = rows.filter((row) => already.has(row) !== aside);
        const words = `${counted(changed.length, 'picture')} ${aside ? 'set aside' : 'restored'}`;
        return { of: 'aside', rows: changed, aside, words };
      });
    },
    removePictures: (rows) =>
      inTurn(async (id) => {
        const dataset = await threads.importer.call({ type: 'remove-pictures', dataset: id, rows });
        const { library } = store.getState();
        patch(store, 'library', { datasets: library.datasets.map((one) => (one.id === id ? dataset : one)) });
        tabs.tell({ of: 'datasets' });
        tabs.tell({ of: 'labels', dataset: id });
        announce(store, `${counted(rows.length, 'picture')} removed`);
        const columns = await reads.labels(id);
        if (store.getState().library.current !== id) return;
        patch(store, 'labels', { columns, picking: null, past: [], future: [] });
        patch(store, 'tests', { version: store.getState().tests.version + 1 });
        evaluateSearch(parts);
      }),
    undo: () =>
      inTurn(async (id) => {
        const made = labels().past.at(-1);
        if (!made) return;
        await apply(id, made, false);
        if (store.getState().library.current !== id) return;
        patch(store, 'labels', { past: labels().past.slice(0, -1), future: [...labels().future, made] });
        announce(store, `Undone: ${made.words}`);
      }),
    redo: () =>
      inTurn(async (id) => {
        const made = labels().future.at(-1);
        if (!made) return;
        await apply(id, made, true);
        if (store.getState().library.current !== id) return;
        patch(store, 'labels', { past: [...labels().past, made], future: labels().future.slice(0, -1) });
        announce(store, made.words);
      }),
  };
}
