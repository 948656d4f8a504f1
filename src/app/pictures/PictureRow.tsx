import { TileList } from '../../widgets/TileList';
import { useActions } from '../store/hooks';
import { PictureOption } from './PictureOption';

/** Tiles drawn; more say no more. */
const MOST = 60;

interface PictureRowProps {
  label: string;
  rows: readonly number[];
  /** Words on each tile, in the order of the rows. */
  notes?: readonly string[];
  /** Searches by the picture unless something else is wanted. */
  onChoose?(row: number): void;
}

/** Some pictures of the data set, each of which can be searched by. */
export function PictureRow({ label, rows, notes, onChoose }: PictureRowProps) {
  const { select, pinProbe } = useActions();
  const shown = rows.slice(0, MOST);
  return (
    <TileList
      label={label}
      count={shown.length}
      busy={false}
      onChoose={(index) => (onChoose ?? select)(shown[index])}
      onKey={(key, index) => key.toLowerCase() === 'p' && pinProbe(shown[index])}
    >
      {(index, active) => (
        <PictureOption
          key={shown[index]}
          row={shown[index]}
          index={index}
          active={active}
          selected={false}
          pinned={false}
          of={rows.length}
          score={notes?.[index]}
        />
      )}
    </TileList>
  );
}
