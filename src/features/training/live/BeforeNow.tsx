import { useState } from 'react';
import { useActions, usePicture, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { count, decimals } from '../../../core/amounts';
import type { ProbeRows } from '../../../core/records';
import { startTitle } from '../../../core/start_words';
import { Icon } from '../../../widgets/Icon';
import { Panel } from '../../../widgets/Panel';
import { Scrubber } from '../../../widgets/Scrubber';
import { TileList } from '../../../widgets/TileList';

type Probe = ProbeRows['probes'][number];

const SHOWN = 6;
const NO_PINS: number[] = [];

/** Six pictures with their nearest before training and now, one above the other: whether it helps is seen here. */
export function BeforeNow() {
  const history = useSelected((state) => state.probes.history);
  const start = useSelected(({ training }) => training.run?.config.start ?? null);
  const pins = useSelected((state) => currentDataset(state)?.pins ?? NO_PINS);
  const [place, setPlace] = useState<number | null>(null);
  if (history.length === 0) return null;
  const [first, ...looks] = history;
  const at = Math.min(place ?? looks.length - 1, looks.length - 1);
  const now = looks[at] as ProbeRows | undefined;
  const words = (index: number): string => `Step ${count(looks[index].step)}`;
  const before = first.step === 0 ? (start ? startTitle(start) : 'Untrained') : `Step ${count(first.step)}`;
  return (
    <Panel
      title="Nearest pictures, before and now"
      className="before-now"
      actions={
        looks.length > 1 && (
          <Scrubber
            label="Step at which the neighbours are shown"
            count={looks.length}
            place={place}
            words={words}
            onChange={setPlace}
          />
        )
      }
    >
      <ul className="probe-cards">
        {(now ?? first).probes.map((probe) => (
          <ProbeCard
            key={probe.row}
            row={probe.row}
            before={first.probes.find(({ row }) => row === probe.row) ?? null}
            beforeWords={before}
            now={now ? probe : null}
            nowWords={now ? words(at) : ''}
            pinned={pins.includes(probe.row)}
          />
        ))}
      </ul>
      <p className="small muted">
        {now && 'Framed pictures are new among the nearest, faded ones have left them. '}
        Click the large picture to pin it, another to see more like it.
      </p>
    </Panel>
  );
}

interface ProbeCardProps {
  row: number;
  before: Probe | null;
  beforeWords: string;
  now: Probe | null;
  nowWords: string;
  pinned: boolean;
}

function ProbeCard({ row, before, beforeWords, now, nowWords, pinned }: ProbeCardProps) {
  const picture = usePicture(row);
  const actions = useActions();
  const name = picture?.path ?? `picture ${row}`;
  const rowsOf = (probe: Probe | null): Set<number> =>
    new Set(probe?.neighbours.slice(0, SHOWN).map(({ row: neighbour }) => neighbour));
  const [old, fresh] = [rowsOf(before), rowsOf(now)];
  return (
    <li className="probe-card">
      <button
        type="button"
        className="probe"
        aria-pressed={pinned}
        aria-label={`Pin ${name}`}
        title={name}
        onClick={() => actions.pinProbe(row)}
      >
        {picture && !picture.damaged && <img src={picture.url} alt={name} draggable={false} />}
        <span className="probe-pin">
          <Icon name="pin" />
        </span>
      </button>
      <div className="probe-lines">
        <ProbeNeighbours
          title="Before"
          words={beforeWords}
          of={name}
          label={picture?.label ?? null}
          probe={before}
          mark={(neighbour) => (now && before && !fresh.has(neighbour) ? 'gone' : '')}
        />
        <ProbeNeighbours
          title="Now"
          words={nowWords}
          of={name}
          label={picture?.label ?? null}
          probe={now}
          mark={(neighbour) => (before && !old.has(neighbour) ? 'new' : '')}
        />
      </div>
    </li>
  );
}

interface ProbeNeighboursProps {
  title: 'Before' | 'Now';
  words: string;
  /** The probe picture's name. */
  of: string;
  label: string | null;
  probe: Probe | null;
  mark: (row: number) => 'new' | 'gone' | '';
}

function ProbeNeighbours({ title, words, of, label, probe, mark }: ProbeNeighboursProps) {
  const actions = useActions();
  const shown = probe?.neighbours.slice(0, SHOWN) ?? [];
  return (
    <div className="probe-line">
      <p className="small">
        <span>{title}</span> <span className="muted">{words}</span>
      </p>
      {shown.length > 0 ? (
        <TileList
          label={`Nearest to ${of}, ${title.toLowerCase()}`}
          count={shown.length}
          busy={false}
          onChoose={(place) => {
            actions.select(shown[place].row);
            actions.goTo('explore');
          }}
          onKey={(key, place) => key.toLowerCase() === 'p' && actions.pinProbe(shown[place].row)}
        >
          {(place, active) => {
            const { row, similarity } = shown[place];
            return (
              <Neighbour
                key={row}
                {...{ row, similarity, label, active }}
                place={place}
                of={shown.length}
                mark={mark(row)}
              />
            );
          }}
        </TileList>
      ) : (
        <p className="probe-empty small muted">{title === 'Now' && 'after the first comparison'}</p>
      )}
    </div>
  );
}

interface NeighbourProps {
  row: number;
  similarity: number;
  mark: 'new' | 'gone' | '';
  /** The probe picture's. */
  label: string | null;
  place: number;
  of: number;
  /** Reached by Tab. */
  active: boolean;
}

const MARKS = { new: ', new', gone: ', no longer near', '': '' } as const;

function Neighbour({ row, similarity, mark, label, place, of, active }: NeighbourProps) {
  const picture = usePicture(row);
  const name = picture?.path ?? `picture ${row}`;
  const same = label !== null && picture?.label === label;
  const words = `${name}, similarity ${decimals(similarity, 2)}${MARKS[mark]}${same ? ', same label' : ''}`;
  return (
    <div
      role="option"
      data-tile={place}
      className={`neighbour ${mark}${same ? ' same' : ''}`}
      aria-label={words}
      title={words}
      aria-selected={false}
      aria-posinset={place + 1}
      aria-setsize={of}
      tabIndex={active ? 0 : -1}
    >
      {picture && !picture.damaged && <img key={picture.url} src={picture.url} alt="" draggable={false} />}
    </div>
  );
}
