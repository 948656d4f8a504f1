import { useState } from 'react';
import { useActions, usePicture, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import type { ProbeRows } from '../../../core/records';
import { count } from '../../../widgets/amounts';
import { Icon } from '../../../widgets/Icon';
import { Panel } from '../../../widgets/Panel';
import { Scrubber } from '../../../widgets/Scrubber';

type Probe = ProbeRows['probes'][number];

const NO_PINS: number[] = [];

/** Six pictures and their nearest, as they were at every step looked at: drag back in time to see them get better. */
export function ProbeNeighbours() {
  const history = useSelected((state) => state.probes.history);
  const pins = useSelected((state) => currentDataset(state)?.pins ?? NO_PINS);
  const labelled = useSelected((state) => Object.keys(currentDataset(state)?.labels ?? {}).length > 0);
  const [place, setPlace] = useState<number | null>(null);
  if (history.length === 0)
    return (
      <Panel title="Probe neighbours" className="probes">
        <p className="muted">
          Six pictures and the ones nearest to them, looked up again and again during training. Pin a picture to make it
          one of the six.
        </p>
      </Panel>
    );
  const at = Math.min(place ?? history.length - 1, history.length - 1);
  const words = (index: number): string =>
    history[index].step === 0 ? 'Before training' : `Step ${count(history[index].step)}`;
  return (
    <Panel title="Probe neighbours" className="probes">
      <Scrubber
        label="Step at which the neighbours are shown"
        count={history.length}
        place={place}
        words={words}
        onChange={setPlace}
      />
      <ul className="probe-rows">
        {history[at].probes.map((probe) => (
          <ProbeRow
            key={probe.row}
            probe={probe}
            before={history[at - 1]?.probes.find(({ row }) => row === probe.row) ?? null}
            pinned={pins.includes(probe.row)}
          />
        ))}
      </ul>
      <p className="small muted">
        A dot marks a neighbour that was not there at the look before
        {labelled ? ', a line one with the same label. ' : '. '}
        Choose a probe picture to keep it, a neighbour to see more like it.
      </p>
    </Panel>
  );
}

function ProbeRow({ probe, before, pinned }: { probe: Probe; before: Probe | null; pinned: boolean }) {
  const picture = usePicture(probe.row);
  const actions = useActions();
  const name = picture?.path ?? `picture ${probe.row}`;
  const known = new Set(before?.neighbours.map(({ row }) => row));
  return (
    <li className="probe-row">
      <button
        type="button"
        className="probe"
        aria-pressed={pinned}
        aria-label={`Pin ${name}`}
        title={name}
        onClick={() => actions.pinProbe(probe.row)}
      >
        {picture && !picture.damaged && <img src={picture.url} alt={name} draggable={false} />}
        <span className="probe-pin">
          <Icon name="pin" />
        </span>
      </button>
      <ol className="neighbours" aria-label={`Nearest to ${name}`}>
        {probe.neighbours.map(({ row, similarity }) => (
          <Neighbour
            key={row}
            row={row}
            similarity={similarity}
            isNew={before !== null && !known.has(row)}
            label={picture?.label ?? null}
          />
        ))}
      </ol>
    </li>
  );
}

interface NeighbourProps {
  row: number;
  similarity: number;
  isNew: boolean;
  /** The probe picture's. */
  label: string | null;
}

function Neighbour({ row, similarity, isNew, label }: NeighbourProps) {
  const picture = usePicture(row);
  const actions = useActions();
  const name = picture?.path ?? `picture ${row}`;
  const same = label !== null && picture?.label === label;
  const words = `${name}, similarity ${similarity.toFixed(2)}${isNew ? ', new' : ''}${same ? ', same label' : ''}`;
  return (
    <li>
      <button
        type="button"
        className={`neighbour${isNew ? ' new' : ''}${same ? ' same' : ''}`}
        aria-label={words}
        title={words}
        onClick={() => actions.select(row)}
      >
        {picture && !picture.damaged && <img src={picture.url} alt={name} draggable={false} />}
      </button>
    </li>
  );
}
