import type { ReactNode } from 'react';
import { PictureOption } from '../../app/pictures/PictureOption';
import { useActions } from '../../app/store/hooks';
import { count } from '../../core/amounts';
import { PictureGrid } from '../../widgets/PictureGrid';
import type { TilePlace } from '../../widgets/PictureTile';
import { useListed } from './useListed';
import { usePicking } from './usePicking';

interface FoundProps {
  label: string;
  rows: readonly number[];
  /** What stands on a tile. */
  noteOf?(index: number): string;
  /** Keys that have their places on a tile. */
  places?: readonly TilePlace[];
  onKey?(key: string, index: number): void;
  /** In the place of the button that selects them all. */
  button?: ReactNode;
  /** What else can be set, before the button. */
  children: ReactNode;
}

/** Pictures that were found, and a button that selects them. */
export function Found({ label, rows, noteOf, places, onKey, button, children }: FoundProps) {
  const { pickRows } = useActions();
  const { several, isSelected, onChoose, onSelect } = usePicking();
  useListed(rows);
  return (
    <>
      <div className="tidy-bar">
        {children}
        {button ?? (
          <button type="button" className="button" disabled={rows.length === 0} onClick={() => pickRows(rows)}>
            Select {count(rows.length)}
          </button>
        )}
      </div>
      <PictureGrid
        label={label}
        rows={rows}
        order={label}
        count={rows.length}
        growing={false}
        side={128}
        reveal={null}
        several={several}
        onChoose={onChoose}
        onSelect={onSelect}
        onKey={(key, row) => onKey?.(key, rows.indexOf(row))}
      >
        {(row, index, active) => (
          <PictureOption
            key={row}
            row={row}
            index={index}
            active={active}
            selected={isSelected(row)}
            pinned={false}
            of={rows.length}
            score={noteOf?.(index)}
            places={places}
          />
        )}
      </PictureGrid>
    </>
  );
}
