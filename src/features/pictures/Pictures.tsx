import { type ReactNode, useMemo, useState } from 'react';
import { PictureOption } from '../../app/pictures/PictureOption';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count, counted } from '../../core/amounts';
import { labelOf } from '../../core/labels/column';
import { asideCount, keptCount } from '../../core/set_aside';
import { Icon } from '../../widgets/Icon';
import { PictureGrid } from '../../widgets/PictureGrid';
import { usePicker } from './Picker';

/** Sides of a tile, in pixels. */
const SMALLEST = 56;
const LARGEST = 240;
const FIRST = 128;

const NO_PINS: number[] = [];

interface PicturesProps {
  /** Over the tools while pictures are selected. */
  selection: ReactNode;
  /** Other ways to look at them. */
  modes: ReactNode;
  filters: ReactNode;
  sort: ReactNode;
}

/** The pictures of the data set, from the moment they come in: all, or those that were asked for. */
export function Pictures({ selection, modes, filters, sort }: PicturesProps) {
  const { select, view, pinProbe, pickPicture, pickPictures } = useActions();
  const dataset = useSelected(currentDataset);
  const importing = useSelected(({ library }) => library.importing);
  const selected = useSelected(({ similar }) => similar.row);
  const { rows, names, words, chosen, aside, sort: by, scores } = useSelected(({ browse }) => browse);
  const { picking, columns, into } = useSelected(({ labels }) => labels);
  const [side, setSide] = useState(FIRST);
  const picked = useMemo(() => new Set(picking), [picking]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the order follows from; not rows that come or go.
  const order = useMemo(() => ({}), [names, words, chosen, aside, by, scores]);
  if (!dataset) return null;
  const growing = importing?.dataset === dataset.id;
  const pins = dataset.pins ?? NO_PINS;
  const labelled = picking ? columns.find(({ name }) => name === into) : undefined;
  const shown = rows?.length ?? dataset.count;
  const pick = (row: number, shift: boolean): void => {
    if (!picking) pickPictures(true);
    pickPicture(row, shift);
  };
  return (
    <section className="pictures" aria-label="Pictures">
      <div className="pictures-bar">
        {modes}
        <Contents shown={shown} growing={growing} />
        {filters}
        <div className="pictures-tools">
          {sort}
          <TileSize side={side} onSide={setSide} />
          <button type="button" className="button" onClick={() => pickPictures(true)}>
            <Icon name="check" />
            Select
          </button>
        </div>
        {selection}
      </div>
      {shown === 0 && rows ? (
        <NoneShown />
      ) : (
        <PictureGrid
          key={dataset.id}
          label="Pictures"
          rows={rows}
          order={order}
          count={dataset.count}
          growing={growing}
          side={side}
          reveal={selected}
          several={picking !== null}
          onChoose={(row) => (row === selected ? view(row) : select(row))}
          onSelect={pick}
          onKey={(key, row) => key.toLowerCase() === 'p' && pinProbe(row)}
        >
          {(row, index, active) => (
            <PictureOption
              key={row}
              row={row}
              index={index}
              active={active}
              selected={picking ? picked.has(row) : row === selected}
              score={labelled && labelOf(labelled, row)}
              pinned={pins.includes(row)}
              of={growing ? -1 : shown}
            />
          )}
        </PictureGrid>
      )}
    </section>
  );
}

/** Why no picture is shown, and the way to some. */
function NoneShown() {
  const { browse } = useActions();
  const { words, chosen } = useSelected((state) => state.browse);
  if (words.trim() === '' && chosen.length === 0)
    return (
      <div className="pictures-none">
        <p className="muted">All pictures are set aside.</p>
        <button type="button" className="button" onClick={() => browse({ aside: true })}>
          Show them
        </button>
      </div>
    );
  return (
    <div className="pictures-none">
      <p className="muted">
        {chosen.length > 0
          ? 'No picture fits. Search for something else, or take a filter away.'
          : `No file name or label contains “${words.trim()}”. This search cannot read pictures: click one like it instead.`}
      </p>
      <button type="button" className="button" onClick={() => browse({ words: '', chosen: [], aside: false })}>
        Show all pictures
      </button>
    </div>
  );
}

function TileSize({ side, onSide }: { side: number; onSide(side: number): void }) {
  return (
    <label className="tile-size">
      <span className="visually-hidden">Tile size</span>
      <Icon name="grid" />
      <input
        type="range"
        min={SMALLEST}
        max={LARGEST}
        step={8}
        value={side}
        aria-valuetext={`${side} pixels`}
        onChange={({ target }) => onSide(target.valueAsNumber)}
      />
    </label>
  );
}

/** How many pictures there are, and what to do if their import was cut off. */
function Contents({ shown, growing }: { shown: number; growing: boolean }) {
  const dataset = useSelected(currentDataset);
  const aside = useSelected(({ browse }) => browse.aside);
  const { chooseFolder } = usePicker();
  if (!dataset) return null;
  const { id, complete, duplicates } = dataset;
  const all = aside ? asideCount(dataset) : keptCount(dataset);
  const copies = duplicates > 0 ? `${counted(duplicates, 'copy', 'copies')} folded` : undefined;
  return (
    <div className="contents" title={copies}>
      {shown < all && `${count(shown)} of `}
      {aside ? `${count(all)} set aside` : counted(all, 'picture')}
      {!complete && !growing && (
        <>
          {' '}
          · Its import was cut off.{' '}
          <button type="button" className="link" onClick={() => chooseFolder(id)}>
            Go on with the same folder
          </button>
        </>
      )}
    </div>
  );
}
