import { useState } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { PictureOption } from '../../app/pictures/PictureOption';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count } from '../../widgets/amounts';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';
import { TileList } from '../../widgets/TileList';
import { QueryPicture } from './QueryPicture';
import { SearchSwitches } from './SearchSwitches';
import { WhySimilar } from './WhySimilar';

const FEWEST = 4;
const MOST = 100;

/** The pictures most like the chosen one, nearest first, each with its similarity. */
export function Similar() {
  const { select, setNeighbourCount } = useActions();
  const { row, count: wanted } = useSelected(({ similar }) => similar);
  if (row === null) {
    return (
      <Panel title="Similar pictures" className="similar">
        <p className="empty">
          <Icon name="look" />
          <span>Click a picture to see the ones like it, before, while and after the encoder learns.</span>
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Similar pictures"
      className="similar"
      actions={
        <>
          <label className="neighbour-count small muted">
            <span>Show</span>
            <input
              type="range"
              aria-label="Number of similar pictures"
              min={FEWEST}
              max={MOST}
              step={4}
              value={wanted}
              onChange={({ target }) => setNeighbourCount(target.valueAsNumber)}
            />
            <span className="figure">{wanted}</span>
          </label>
          <button
            type="button"
            className="button quiet icon"
            aria-label="Close similar pictures"
            onClick={() => select(null)}
          >
            <Icon name="close" />
          </button>
        </>
      }
    >
      <QueryPicture row={row} />
      <SearchSwitches />
      <Neighbours key={row} query={row} />
    </Panel>
  );
}

/** The neighbours, or places held free for them. */
function Neighbours({ query }: { query: number }) {
  const { select, pinProbe, askWhy } = useActions();
  /** The neighbour whose similarity is explained; while there is one, choosing another explains that. */
  const [explained, setExplained] = useState<number | null>(null);
  const { result, searching, failed, count: wanted } = useSelected(({ similar }) => similar);
  const dataset = useSelected(currentDataset);
  const message = useSelected(({ training, background }) => training.message || background?.message);
  const device = useSelected((state) => state.device.report !== null);
  const { encoders } = useEncoders();
  const total = dataset?.count ?? 0;
  if (total < 2) {
    return (
      <p className="empty">
        <Icon name="info" />
        <span>There is no other picture to compare it with.</span>
      </p>
    );
  }
  if (failed) {
    return (
      <p className="empty">
        <Icon name="info" />
        <span>
          This search failed.{' '}
          <button type="button" className="button" onClick={() => select(query)}>
            Search again
          </button>
        </span>
      </p>
    );
  }
  if (!result && !searching) {
    return (
      <p className="empty">
        <Icon name="info" />
        <span>
          This picture has no embedding yet{message ? `. ${message}.` : ': it is made as soon as the device is ready.'}
        </span>
      </p>
    );
  }
  const neighbours = result?.neighbours ?? [];
  const { run = '', about = '', milliseconds = 0 } = result ?? {};
  const untrained = run === 'untrained';
  const name = encoders.find(({ id }) => id === run)?.name;
  const explain = (index: number): void => {
    setExplained(neighbours[index].row);
    askWhy(neighbours[index].row);
  };
  const onKey = (key: string, index: number): void => {
    if (key.toLowerCase() === 'p') pinProbe(neighbours[index].row);
    if (key.toLowerCase() === 'w' && device) explain(index);
  };
  return (
    <>
      <p className="similar-about small muted" aria-live="polite">
        {result && (
          <>
            Nearest by {name ? about.replace('this run', name) : about}
            {untrained && ', before any training'}. Found in {milliseconds < 1 ? 'under 1' : count(milliseconds)} ms
            among {result.among < total ? `the first ${count(result.among)} of ` : ''}
            {count(total)} pictures{result.among < total && ' so far'}.
          </>
        )}
      </p>
      {neighbours.length > 0 && (
        <div className="why-bar">
          <button
            type="button"
            className="button"
            aria-pressed={explained !== null}
            disabled={!device && explained === null}
            onClick={() => (explained === null ? explain(0) : setExplained(null))}
          >
            <Icon name="look" />
            Why similar?
          </button>
          {explained !== null && <span className="small muted">Choose a neighbour to explain that one.</span>}
        </div>
      )}
      {explained !== null && <WhySimilar neighbour={explained} />}
      {result ? (
        <TileList
          label="Similar pictures"
          count={neighbours.length}
          busy={searching}
          onChoose={(index) => (explained === null ? select(neighbours[index].row) : explain(index))}
          onKey={onKey}
        >
          {(index, active) => {
            const { row, similarity } = neighbours[index];
            return (
              <PictureOption
                // By place, so that the tile that was chosen keeps the focus when the answer comes.
                key={index}
                row={row}
                index={index}
                active={active}
                selected={row === explained}
                pinned={dataset?.pins.includes(row) ?? false}
                of={neighbours.length}
                score={similarity.toFixed(3)}
              />
            );
          }}
        </TileList>
      ) : (
        <div className="tile-list" aria-hidden="true">
          {Array.from({ length: Math.min(wanted, Math.max(0, total - 1)) }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty places have nothing but their place.
            <div key={place} className="tile" />
          ))}
        </div>
      )}
    </>
  );
}
