import { useActions, useSelected } from '../../app/store/hooks';
import type { Encoder } from '../../core/encoders/encoder';
import { startOf } from './startOf';

/**
 * Has the pictures embedded by a network or a file; null for an encoder that is neither. Without labels, or with `views`, two
 * views of some pictures are embedded as well, which measure it.
 */
export function useEmbed(encoder: Encoder, views = false): (() => void) | null {
  const { addPretrained, addFrozen } = useActions();
  const weights = useSelected((state) => state.weights);
  const bare = useSelected((state) => state.encoders.evaluation?.column === null);
  const network = startOf(encoder, weights);
  if (!network) return null;
  const how = { views: views || bare };
  return () => (typeof network === 'string' ? addPretrained(network, how) : addFrozen(network, how));
}
