import { useMemo, useState } from 'react';
import { MOST_COMPARED } from '../../app/encoders/compared';
import { PictureRow } from '../../app/pictures/PictureRow';
import { useAnswer } from '../../app/store/answers';
import { useActions, usePicture, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { decimals } from '../../core/amounts';
import { keptRows } from '../../core/set_aside';
import { NumberInput } from '../../widgets/NumberInput';
import { Panel } from '../../widgets/Panel';
import { useSideBySide } from './sideBySide';

const NEAREST = 12;

/** The pictures nearest to one picture by each of up to four encoders, a line each. */
export function CompareNeighbours() {
  const { chooseToCompare } = useActions();
  const dataset = useSelected(currentDataset);
  const selected = useSelected(({ similar }) => similar.row);
  const none = useSelected((state) => state.encoders.compared.length === 0);
  const { able, compared } = useSideBySide();
  const rows = useMemo(() => (dataset ? keptRows(dataset) : Int32Array.of(0)), [dataset]);
  const [place, setPlace] = useState(() => Math.max(0, rows.indexOf(selected ?? 0)));
  const last = Math.max(0, rows.length - 1);
  const at = Math.min(place, last);
  const row = rows[at] ?? 0;
  const picture = usePicture(row);
  const go = (to: number): void => setPlace(Math.min(last, Math.max(0, Math.round(to))));
  const toggle = (id: string, on: boolean): void => {
    // From the usual choice, which nobody made, one takes over what is seen.
    if (none) for (const one of compared) chooseToCompare(one.id, true);
    chooseToCompare(id, on);
  };
  return (
    <Panel title="The same picture, by each" className="compare-neighbours">
      <div className="compare-query">
        <div className="query-picture">
          {picture && !picture.damaged && <img src={picture.url} alt={picture.path} />}
        </div>
        <div>
          <p className="query-path">
            <bdi>{picture?.path ?? ''}</bdi>
          </p>
          <div className="button-row">
            <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}>
              Previous
            </button>
            <NumberInput
              aria-label="Number of the picture"
              min={1}
              max={last + 1}
              step={1}
              value={at + 1}
              onChange={(value) => go(value - 1)}
            />
            <button type="button" className="button" disabled={at === last} onClick={() => go(at + 1)}>
              Next
            </button>
          </div>
          <fieldset className="bare compare-runs">
            <legend className="small muted">Up to {MOST_COMPARED} at a time</legend>
            {able.map(({ id, name }) => {
              const on = compared.some((one) => one.id === id);
              const full = compared.length === MOST_COMPARED;
              return (
                <label key={id} className="check">
                  <input
                    type="checkbox"
                    checked={on}
                    disabled={on ? compared.length === 1 : full}
                    onChange={({ target }) => toggle(id, target.checked)}
                  />
                  {name}
                </label>
              );
            })}
          </fieldset>
        </div>
      </div>
      {compared.map((encoder) => (
        <Line key={encoder.id} encoder={encoder} row={row} onChoose={(chosen) => go(rows.indexOf(chosen))} />
      ))}
    </Panel>
  );
}

interface LineProps {
  encoder: { id: string; name: string };
  row: number;
  onChoose(row: number): void;
}

function Line({ encoder: { id, name }, row, onChoose }: LineProps) {
  const { neighboursIn } = useActions();
  const { answer, waiting, failed } = useAnswer(
    (signal) => neighboursIn(id, row, NEAREST, undefined, signal),
    JSON.stringify([id, row]),
  );
  return (
    <div className="compare-line">
      <h3>{name}</h3>
      {answer ? (
        <PictureRow
          label={`Nearest by ${name}`}
          rows={answer.neighbours.map((one) => one.row)}
          notes={answer.neighbours.map(({ similarity }) => decimals(similarity, 2))}
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
