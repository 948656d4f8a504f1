import type { Gathered } from '../../app/store/actions';
import type { Lookalike } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';

/** Shows the pictures like one that was given, added to the collection on the page unless it is there already. */
export async function findLike(
  { store, actions }: Pick<Lookalike, 'store' | 'actions'>,
  given: Gathered,
): Promise<void> {
  const before = currentDataset(store.getState());
  if (!before || !given.only) return;
  const hash = await sha256(given.only);
  const row = store.getState().browse.names.findIndex((picture) => picture.sha256 === hash);
  if (row < 0) await actions.importFiles(given, { into: before.id });
  const after = currentDataset(store.getState());
  // It may have been refused, which is told.
  if (after?.id !== before.id || (row < 0 && after.count === before.count)) return;
  actions.goTo('explore');
  actions.select(row < 0 ? before.count : row);
}

/** Lower-case hex, as the importer stores it. */
async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
