import { type ReactNode, useMemo, useState } from 'react';
import { PictureOption } from '../../app/pictures/PictureOption';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import type { LabelColumn } from '../../core/labels/column';
import { counted } from '../../widgets/amounts';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';
import { PictureGrid } from '../../widgets/PictureGrid';
import { ImportProgress } from './ImportProgress';
import { usePicker } from './Picker';

/** Sides of a tile, in pixels. */
const SMALLEST = 56;
const LARGEST = 176;
const FIRST = 96;

const NO_PINS: number[] = [];

/** All pictures of the data set, from the moment they come in. */
export function Pictures({ labelBar, labelList }: { labelBar: ReactNode; labelList: ReactNode }) {
  const { select, pinProbe, pickPicture } = useActions();
  const dataset = useSelected(currentDataset);
  const importing = useSelected(({ library }) => library.importing);
  const selected = useSelected(({ similar }) => similar.row);
  const { picking, columns, into } = useSelected(({ labels }) => labels);
  const [side, setSide] = useState(FIRST);
  const picked = useMemo(() => new Set(picking), [picking]);
  if (!dataset) return null;
  const growing = importing?.dataset === dataset.id;
  const pins = dataset.pins ?? NO_PINS;
  const shown = picking ? columns.find(({ name }) => name === into) : undefined;
  return (
    <Panel title="Pictures" className="pictures">
      {picking && labelBar}
      <div className="pictures-bar">
        {growing ? (
          <ImportProgress progress={importing} />
        ) : (
          <>
            <Contents labelList={labelList} />
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
                onChange={({ target }) => setSide(target.valueAsNumber)}
              />
            </label>
          </>
        )}
      </div>
      <PictureGrid
        key={dataset.id}
        label="Pictures"
        count={dataset.count}
        growing={growing}
        side={side}
        reveal={selected}
        several={picking !== null}
        onChoose={picking ? pickPicture : select}
        onKey={(key, row) => key.toLowerCase() === 'p' && pinProbe(row)}
      >
        {(row, active) => (
          <PictureOption
            key={row}
            row={row}
            index={row}
            active={active}
            selected={picking ? picked.has(row) : row === selected}
            score={shown && labelOf(shown, row)}
            pinned={pins.includes(row)}
            of={growing ? -1 : dataset.count}
          />
        )}
      </PictureGrid>
      <p className="pictures-keys small muted">
        <kbd>Enter</kbd> similar pictures, <kbd>P</kbd> pin as probe, arrows move
      </p>
    </Panel>
  );
}

/** What a column says of a picture, '' where nothing. */
const labelOf = ({ values }: LabelColumn, row: number): string => String(values[row] ?? '');

/** What the data set holds, and what to do if its import was cut off. */
function Contents({ labelList }: { labelList: ReactNode }) {
  const dataset = useSelected(currentDataset);
  const { chooseFolder } = usePicker();
  if (!dataset) return null;
  const { id, complete, duplicates } = dataset;
  return (
    <div className="contents">
      {counted(dataset.count, 'picture')}
      {duplicates > 0 && ` · ${counted(duplicates, 'copy', 'copies')} folded`}
      {labelList}
      {!complete && (
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
