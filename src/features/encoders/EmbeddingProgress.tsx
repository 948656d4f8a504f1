import { useActions, useSelected } from '../../app/store/hooks';
import { networkTitle } from '../../core/pretrained';

/** How far the embedding that was asked for is, and a way out. The status line says the same aloud. */
export function EmbeddingProgress() {
  const { stopPretrained } = useActions();
  const asked = useSelected(({ measures }) => measures.asked);
  const message = useSelected(({ training }) => training.message);
  const progress = useSelected(({ training }) => training.progress);
  if (asked.length === 0) return null;
  const name = networkTitle(asked[0]);
  return (
    <div className="testing">
      <p className="small">{message || `${name} is asked for.`}</p>
      <progress aria-label={`Embedding with ${name}`} max={1} value={progress ?? 0} />
      <button type="button" className="button" onClick={stopPretrained}>
        Cancel
      </button>
    </div>
  );
}
