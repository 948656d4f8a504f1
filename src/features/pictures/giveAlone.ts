import type { Gathered } from '../../app/store/actions';
import type { Lookalike } from '../../app/store/hooks';
import { Fault } from '../../core/fault';
import { BACKUP } from './backup';

const TABLE = /\.csv$/i;
/** PyTorch's own files cannot be read, and are told so where weights are taken in. */
const WEIGHTS = /\.(safetensors|pth?|ckpt)$/i;

/** Takes a single file that is no picture: labels, weights or a back-up. Returns whether it was one. */
export function giveAlone({ store, actions, tellCause }: Lookalike, { only }: Gathered): boolean {
  if (only?.name.endsWith(BACKUP)) {
    void actions.openBackup(only);
    return true;
  }
  if (only && WEIGHTS.test(only.name)) {
    void actions.takeWeights(only);
    return true;
  }
  if (!only || !TABLE.test(only.name)) return false;
  if (store.getState().library.current !== null) actions.takeLabels(only);
  else tellCause(new Fault('file', `${only.name} holds labels.`, 'First give the pictures that it names.'));
  return true;
}
