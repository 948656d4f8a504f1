import { useState } from 'react';
import { PictureRow } from '../../app/pictures/PictureRow';
import { useAnswer } from '../../app/store/answers';
import { useActions, usePicture, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { baselineTitle } from '../../core/baselines';
import { isPretrained } from '../../core/pretrained';
import { counted } from '../../widgets/amounts';
import { NumberInput } from '../../widgets/NumberInput';
import { Panel } from '../../widgets/Panel';

interface NamedRun {
  id: string;
  name: string;
}

const MOST_RUNS = 4;
const NEAREST = 12;
const UNTRAINED: NamedRun = { id: 'untrained', name: 'Untrained encoder' };

/** The pictures nearest to one picture in the embeddings of several runs and of networks trained elsewhere, a line each. */
export function CompareNeighbours({ runs }: { runs: readonly NamedRun[] }) {
  const dataset = useSelected(currentDataset);
  const selected = useSelected(({ similar }) => similar.row);
  const [row, setRow] = useState(selected ?? 0);
  const evaluations = useSelected(({ measures }) => measures.baselines);
  const networks = evaluations.map(({ of }) => of).filter(isPretrained);
  const all = [...runs, UNTRAINED, ...networks.map((id) => ({ id, name: baselineTitle(id) }))];
  const [chosen, setChosen] = useState<readonly string[]>([...runs, UNTRAINED].slice(-MOST_RUNS).map(({ id }) => id));
  const picture = usePicture(row);
  const last = Math.max(0, (dataset?.count ?? 1) - 1);
  const toggle = (id: string, on: boolean): void =>
    setChosen(on ? [...chosen, id].slice(-MOST_RUNS) : chosen.filter((one) => one !== id));
  const go = (to: number): void => setRow(Math.min(last, Math.max(0, Math.round(to))));
  return (
    <Panel title="The same picture, by each run" className="compare-neighbours">
      <div className="compare-query">
        <div className="query-picture">
          {picture && !picture.damaged && <img src={picture.url} alt={picture.path} />}
        </div>
        <div>
          <p className="query-path">
            <bdi>{picture?.path ?? ''}</bdi>
          </p>
          {picture?.label && <p className="small muted">{picture.label}</p>}
          <div className="button-row">
            <button type="button" className="button" disabled={row === 0} onClick={() => go(row - 1)}>
              Before
            </button>
            <NumberInput
              aria-label="Number of the picture"
              min={1}
              max={last + 1}
              step={1}
              value={row + 1}
              onChange={(value) => go(value - 1)}
            />
            <button type="button" className="button" disabled={row === last} onClick={() => go(row + 1)}>
              Next
            </button>
          </div>
          <fieldset className="bare compare-runs">
            <legend className="small muted">Up to {counted(MOST_RUNS, 'run')} at a time</legend>
            {all.map(({ id, name }) => (
              <label key={id} className="check">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={({ target }) => toggle(id, target.checked)}
                />
                {name}
              </label>
            ))}
          </fieldset>
        </div>
      </div>
      {all
        .filter(({ id }) => chosen.includes(id))
        .map((run) => (
          <Line key={run.id} run={run} row={row} onChoose={go} />
        ))}
    </Panel>
  );
}

interface LineProps {
  run: NamedRun;
  row: number;
  onChoose(row: number): void;
}

function Line({ run, row, onChoose }: LineProps) {
  const { neighboursIn } = useActions();
  const { answer, waiting, failed } = useAnswer(
    (signal) => neighboursIn(run.id, row, NEAREST, undefined, signal),
    JSON.stringify([run.id, row]),
  );
  return (
    <div className="compare-line">
      <h3>{run.name}</h3>
      {answer ? (
        <PictureRow
          label={`Nearest by ${run.name}`}
          rows={answer.neighbours.map((one) => one.row)}
          notes={answer.neighbours.map(({ similarity }) => similarity.toFixed(2))}
          onChoose={onChoose}
        />
      ) : (
        <p className="small muted">
          {waiting ? 'Searching…' : failed ? 'This search failed.' : 'There are no embeddings of it.'}
        </p>
      )}
    </div>
  );
}
