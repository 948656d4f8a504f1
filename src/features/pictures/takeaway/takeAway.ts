import { zipFiles } from '../../../app/encoders/zipFiles';
import type { Parts } from '../../../app/session/parts';
import { announce, tellCause } from '../../../app/store/faults';
import type { PictureActions, TakeAway } from '../../../app/store/pictureActions';
import { currentDataset } from '../../../app/store/store';
import { counted } from '../../../core/amounts';
import { writeCsv } from '../../../core/formats/csv';
import { freeName } from '../../../core/free_name';
import { isAbort } from '../../../protocol/call';
import { download, fileName } from '../../../widgets/download';
import { copying } from '../copying';
import { TargetFolder } from './copyInto';
import { filesOf, type TakenFile } from './files';
import { similarCsv } from './similarCsv';

/** What was taken, and where it went. */
function takenWords(originals: number, thumbnails: number, where: string): string {
  if (thumbnails === 0) return `${counted(originals, 'picture')} ${where}.`;
  const small = `${counted(thumbnails, 'thumbnail')} of 320 px`;
  const all = originals === 0 ? small : `${counted(originals, 'picture')} and ${small}`;
  return `${all} ${where}: the originals of those are not at hand.`;
}

/** Pictures are handed out as files; nothing of the user's own is replaced, moved or deleted. */
export function takeAwayActions(parts: Parts): Pick<PictureActions, 'takeAway'> {
  const { store } = parts;

  /** What is taken, with how far it is; `count` says afterwards what it was. */
  async function* counting(
    files: AsyncIterable<TakenFile>,
    total: number,
    signal: AbortSignal,
    onProgress: (share: number) => void,
    count: { originals: number; thumbnails: number },
  ): AsyncGenerator<TakenFile> {
    for await (const file of files) {
      signal.throwIfAborted();
      yield file;
      const done = count.originals + count.thumbnails + 1;
      count[file.original ? 'originals' : 'thumbnails']++;
      // A hundred times at most: the page draws each.
      if (done % Math.ceil(total / 100) === 0) onProgress(done / total);
    }
  }

  return {
    takeAway: async (rows, { as, column, byLabel }: TakeAway) => {
      const state = store.getState();
      const dataset = currentDataset(state);
      if (!dataset || rows.length === 0) return;
      const labels = state.browse.columns.find(({ name }) => name === column)?.values ?? null;
      const called = fileName(`${dataset.name} ${counted(rows.length, 'picture')}`);
      if (as === 'csv') {
        const { names } = state.browse;
        const lines = rows.map((row) => [names[row]?.path ?? '', labels?.[row] ?? null, names[row]?.sha256 ?? '']);
        download(`${called}.csv`, new Blob([writeCsv(['path', 'label', 'sha256'], lines)], { type: 'text/csv' }));
        return;
      }
      if (as === 'similar') {
        await copying(
          parts,
          `Finding similar pictures of ${rows.length > 1 ? counted(rows.length, 'picture') : 'one'}`,
          (how) => similarCsv(parts, rows, `${called} similar.csv`, how),
        );
        return;
      }
      let folder: FileSystemDirectoryHandle | undefined;
      try {
        if (as === 'folder')
          folder = await window.showDirectoryPicker?.({ id: 'copies', mode: 'readwrite', startIn: 'downloads' });
      } catch (cause) {
        if (!isAbort(cause)) tellCause(store, cause);
      }
      if (as === 'folder' && !folder) return;
      await copying(parts, `Copying ${counted(rows.length, 'picture')}`, async ({ signal, onProgress }) => {
        const count = { originals: 0, thumbnails: 0 };
        const found = filesOf(parts, dataset.id, rows, byLabel ? (labels ?? []) : null);
        const files = counting(found, rows.length, signal, onProgress, count);
        if (folder) {
          const target = new TargetFolder(folder);
          for await (const { name, content } of files) await target.write(name, content);
        } else download(`${called}.zip`, await zipFiles(named(files)));
        const where = folder ? `copied into “${folder.name}”` : `saved as “${called}.zip”`;
        announce(store, takenWords(count.originals, count.thumbnails, where));
      });
    },
  };
}

/** Each by a name of its own. */
async function* named(files: AsyncIterable<TakenFile>): AsyncGenerator<readonly [string, Blob]> {
  const given = new Set<string>();
  for await (const { name, content } of files) {
    const free = freeName(name, (one) => given.has(one.toLowerCase()));
    given.add(free.toLowerCase());
    yield [free, content];
  }
}
