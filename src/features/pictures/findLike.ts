import type { Gathered } from '../../app/store/actions';
import type { Lookalike } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';

/** Adds one picture to the collection on the page, and shows the pictures like it. Does nothing more where it is refused. */
export async function findLike({ store, actions, pictures }: Lookalike, given: Gathered): Promise<void> {
  const before = currentDataset(store.getState());
  if (!before || !given.only) return;
  await actions.importFiles(given, { into: before.id });
  const after = currentDataset(store.getState());
  if (after?.id !== before.id) return;
  const { name } = given.only;
  // A copy of a picture that is there is noted with it.
  const named = after.count > before.count ? [] : await pictures.imagesAt(0, after.count);
  const row = named.find(({ path, copies }) => path === name || copies.includes(name))?.row;
  const found = after.count > before.count ? after.count - 1 : row;
  if (found === undefined) return;
  actions.goTo('explore');
  actions.select(found);
}
