import type { Parts } from '../../app/session/parts';
import { tellCause } from '../../app/store/faults';
import { patch } from '../../app/store/store';
import type { CallOptions } from '../../protocol/call';

/** Does one thing at a time that copies pictures, with how far it is at the bottom of the page, and a way out. */
export async function copying(
  { store, newest }: Parts,
  words: string,
  work: (options: Required<Pick<CallOptions<number>, 'signal' | 'onProgress'>>) => Promise<void>,
): Promise<void> {
  const signal = newest.begin('copy');
  patch(store, 'library', { copying: { words, share: 0 } });
  try {
    await work({ signal, onProgress: (share) => patch(store, 'library', { copying: { words, share } }) });
  } catch (cause) {
    tellCause(store, cause);
  } finally {
    if (newest.isNewest('copy', signal)) patch(store, 'library', { copying: null });
  }
}
