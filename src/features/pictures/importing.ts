import { listDatasets, readDatasets, removeDataset } from '../../app/session/datasetList';
import type { Parts } from '../../app/session/parts';
import { askBaseline, askEmbedding, settleSettings, showDataset } from '../../app/session/showing';
import type { Actions, Gathered } from '../../app/store/actions';
import { announce, dismissKinds, tellCause } from '../../app/store/faults';
import { patch, runUnderWay } from '../../app/store/store';
import { counted } from '../../core/amounts';
import { Fault } from '../../core/fault';
import type { Dataset } from '../../core/records';
import type { ImportNews, ImportProgress, NamedFile } from '../../protocol/importing';
import { tellNothing } from './emptyImport';

/**
 * Files a message: sending one costs the page about a quarter of a millisecond, and it must not stop for longer than a
 * frame. Between messages the page has its turn.
 */
const BATCH = 32;

/** Pictures that can be searched while others come in: of ten thousand the import takes a minute and more. */
const FIRST = 512;

/** An import that was asked for, before the first word of it. */
const ASKED: ImportProgress = { dataset: '', found: 0, walked: false, taken: 0, duplicates: 0, refused: 0, rate: 0 };

type ImportOptions = Parameters<Actions['importFiles']>[1];

/** One import, from what was given to its end. */
export class Import {
  private cancelled = false;
  /** Its data set as it was when it was opened. */
  private was: Dataset | null = null;
  /** The data set that was on the page when this one's took its place. */
  private before: string | null = null;
  /** What was given, by its path. */
  private readonly given = new Map<string, File>();
  /** The first pictures were given to the trainer. */
  private looked = false;

  constructor(
    private readonly parts: Parts,
    private readonly takeLabels: Actions['takeLabels'],
  ) {}

  /** What is in stays in. */
  cancel(): void {
    this.cancelled = true;
    this.parts.threads.importer.send({ type: 'cancel' });
  }

  /** Resolves at its end; what goes wrong is told. */
  async run(gathering: Promise<Gathered>, options: ImportOptions = {}): Promise<void> {
    const { store, threads } = this.parts;
    patch(store, 'library', { importing: ASKED });
    // Of files that were given before.
    dismissKinds(store, 'picture', 'file');
    try {
      const { name: given, folders, files } = await gathering;
      const name = options.name ?? given;
      const cutOff = store.getState().library.datasets.find((dataset) => !dataset.complete && dataset.name === name);
      const taking = threads.importer.call(
        { type: 'import', name, into: options.into ?? cutOff?.id, side: options.side },
        { onProgress: (news) => this.onNews(news) },
      );
      for (const folder of folders) threads.importer.send({ type: 'folder', ...folder });
      void this.sendFiles(files);
      const { dataset, labels } = await taking;
      this.list(dataset);
      this.end(dataset);
      if (labels && dataset.id === store.getState().library.current) this.takeLabels(labels);
    } catch (cause) {
      this.cancelled = true;
      tellCause(store, cause);
      await readDatasets(this.parts).catch((also) => tellCause(store, also));
      this.end(store.getState().library.datasets.find(({ id }) => id === this.was?.id) ?? null);
    }
  }

  /** Sends files in batches as they are found; a cancelled import ends the walk. */
  private async sendFiles(files: AsyncIterable<NamedFile>): Promise<void> {
    const { store, threads } = this.parts;
    try {
      let batch: NamedFile[] = [];
      for await (const file of files) {
        if (this.cancelled) return;
        batch.push(file);
        this.given.set(file.path, file.file);
        if (batch.length < BATCH) continue;
        threads.importer.send({ type: 'files', files: batch });
        batch = [];
        await new Promise((resolve) => setTimeout(resolve));
      }
      if (this.cancelled) return;
      if (batch.length > 0) threads.importer.send({ type: 'files', files: batch });
      threads.importer.send({ type: 'end' });
    } catch (cause) {
      tellCause(store, cause);
      this.cancel();
    }
  }

  private onNews(news: ImportNews): void {
    const { store, tabs } = this.parts;
    tabs.tell({ of: 'datasets' });
    const { datasets, current, refusals } = store.getState().library;
    if ('opened' in news) this.open(news.opened, current);
    else if ('progress' in news) {
      const { progress } = news;
      if (!this.looked && progress.taken >= FIRST && !runUnderWay(store.getState())) {
        this.looked = true;
        askEmbedding(this.parts, progress.dataset, FIRST);
      }
      patch(store, 'library', {
        importing: progress,
        datasets: datasets.map((one) => (one.id === progress.dataset ? { ...one, count: progress.taken } : one)),
      });
    } else if (this.was?.id === current) patch(store, 'library', { refusals: [...refusals, ...news.refused] });
  }

  /** The data set being imported takes the page, so that its pictures appear as they come. */
  private open(dataset: Dataset, current: string | null): void {
    this.was = dataset;
    this.before = current;
    this.list(dataset);
    this.parts.originals.keep(dataset.id, this.given);
    patch(this.parts.store, 'library', { evicted: false });
    if (dataset.id !== current) void showDataset(this.parts, dataset.id);
  }

  private list(dataset: Dataset): void {
    const { datasets } = this.parts.store.getState().library;
    listDatasets(this.parts, [dataset, ...datasets.filter(({ id }) => id !== dataset.id)]);
  }

  /** `dataset`: as it is stored then; null where none was opened. */
  private end(dataset: Dataset | null): void {
    const { store, tabs } = this.parts;
    tabs.tell({ of: 'datasets' });
    patch(store, 'library', { importing: null });
    if (!dataset) return;
    if (dataset.count === 0) {
      this.withdraw(dataset);
      return;
    }
    if (this.was && this.was.count > 0) announce(store, added(this.was, dataset));
    settleSettings(store, store.getState().settings.edited);
    askBaseline(this.parts);
    // The browser may ask the user; a no changes nothing.
    void globalThis.navigator?.storage?.persist?.();
  }

  /**
   * An import that took in nothing leaves nothing behind: its data set goes, the page shows what it showed before, and says
   * what was wrong with the files. One that was cancelled, or that a fault ended, needs no more words.
   */
  private withdraw(dataset: Dataset): void {
    const { store } = this.parts;
    const { datasets, refusals } = store.getState().library;
    if (dataset.complete) tellNothing(store, dataset, refusals);
    if (this.before !== null && datasets.some(({ id }) => id === this.before))
      void showDataset(this.parts, this.before);
    void removeDataset(this.parts, dataset.id).catch((cause) => tellCause(store, cause));
  }
}

/** What adding to a data set came to. */
function added(was: Dataset, { name, count, refused }: Dataset): string {
  const skipped = refused > was.refused ? ` ${counted(refused - was.refused, 'file')} skipped.` : '';
  const more = count - was.count;
  if (more > 0) return `${counted(more, 'picture')} added to “${name}”.${skipped}`;
  return skipped === '' ? `Nothing new: these are in “${name}” already.` : `Nothing added to “${name}”.${skipped}`;
}

/** The importer's thread died: what was written stays, the data set is marked as cut off. */
export function importerLost({ threads }: Parts, why: string): void {
  threads.importer.lost(
    new Fault(
      'data',
      `The import ended unexpectedly: ${why}.`,
      'The pictures taken in so far are kept. Drop the same folder again to take in the rest.',
    ),
  );
}
