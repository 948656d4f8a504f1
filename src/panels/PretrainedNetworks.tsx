import { networkTitle, PRETRAINED, pretrainedRun } from '../core/pretrained';
import { useActions, useSelected } from '../state/hooks';
import { runUnderWay, shownRecipe } from '../state/store';
import { bytes } from '../widgets/amounts';

/** Offers the networks that come with the page and were not asked for yet, or judged by views of another recipe. */
export function PretrainedNetworks() {
  const { baselines, asked } = useSelected((state) => state.measures);
  const resting = useSelected(
    (state) => !runUnderWay(state) && state.library.importing === null && state.training.phase === 'idle',
  );
  const busy = !resting || asked.length > 0;
  const actions = useActions();
  const weights = useSelected((state) => state.weights);
  const recipe = useSelected(shownRecipe);
  const isNew = ({ name }: { name: string }): boolean =>
    !baselines.some(({ of, measures }) => of === pretrainedRun(name) && measures.some((one) => one.recipe === recipe));
  const offered = PRETRAINED.filter(isNew);
  const files = weights.filter(isNew);
  if (asked.length === 0 && (baselines.length === 0 || offered.length + files.length === 0)) return null;
  return (
    <details>
      <summary>Beside a pretrained network</summary>
      <p className="muted small">
        Comes with this page and runs here: nothing is uploaded. What it learned from is not your pictures.
      </p>
      <ul className="offers">
        {offered.map(({ name, title, trainedOn, bytes: size }) => (
          <li key={name}>
            <button type="button" className="button" disabled={busy} onClick={() => actions.addPretrained(name)}>
              {title}
            </button>
            <span className="muted small">
              {trainedOn}; {bytes(size)}
            </span>
          </li>
        ))}
        {files.map((file) => (
          <li key={file.sha256}>
            <button type="button" className="button" disabled={busy} onClick={() => actions.addFrozen(file)}>
              {file.name}
            </button>
            <span className="muted small">your own file, as it is</span>
          </li>
        ))}
      </ul>
      {asked.length > 0 && <Embedding of={networkTitle(asked[0])} />}
    </details>
  );
}

/** How far the embedding is, and a way out. The status line says the same aloud. */
function Embedding({ of }: { of: string }) {
  const { stopPretrained } = useActions();
  const message = useSelected(({ training }) => training.message);
  const progress = useSelected(({ training }) => training.progress);
  return (
    <div className="testing">
      <p className="small">{message || `${of} is asked for.`}</p>
      <progress aria-label={`Embedding with ${of}`} max={1} value={progress ?? 0} />
      <button type="button" className="button" onClick={stopPretrained}>
        Cancel
      </button>
    </div>
  );
}
