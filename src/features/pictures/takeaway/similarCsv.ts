import { searchedNow } from '../../../app/encoders/searchOrder';
import type { Parts } from '../../../app/session/parts';
import { announce } from '../../../app/store/faults';
import { count, counted } from '../../../core/amounts';
import { writeCsv } from '../../../core/formats/csv';
import { likeRow } from '../../../core/query';
import type { CallOptions } from '../../../protocol/call';
import { download } from '../../../widgets/download';

/** Similar pictures listed of each. */
const SIMILAR = 10;

/** Saves a table of the pictures most similar to each of some, as a click on it would find them. */
export async function similarCsv(
  { store, threads }: Parts,
  rows: readonly number[],
  called: string,
  { signal, onProgress }: Required<Pick<CallOptions<number>, 'signal' | 'onProgress'>>,
): Promise<void> {
  const none = (): void => announce(store, 'No list is saved: none of these pictures is embedded yet.');
  const searched = searchedNow(store.getState());
  if (!searched) return none();
  const { names } = store.getState().browse;
  const pathOf = (row: number): string => names[row]?.path ?? '';
  const lines: (string | number)[][] = [];
  let answered = 0;
  for (const [done, row] of rows.entries()) {
    const asked = { type: 'nearest', ...searched, query: likeRow(row), count: SIMILAR } as const;
    const answer = await threads.searcher.call(asked, { signal });
    if (answer) answered++;
    for (const [at, { row: other, similarity }] of (answer?.neighbours ?? []).entries())
      lines.push([pathOf(row), at + 1, pathOf(other), similarity.toFixed(4)]);
    if (done % Math.ceil(rows.length / 100) === 0) onProgress(done / rows.length);
  }
  if (answered === 0) return none();
  const table = writeCsv(['path', 'rank', 'similar', 'similarity'], lines);
  download(called, new Blob([table], { type: 'text/csv' }));
  const missing = rows.length - answered;
  const without = missing > 0 ? `; ${count(missing)} ${missing === 1 ? 'is' : 'are'} not embedded yet` : '';
  announce(store, `The most similar pictures of ${counted(answered, 'picture')} are saved as “${called}”${without}.`);
}
