import { PictureOption } from '../../app/pictures/PictureOption';
import { TileList } from '../../widgets/TileList';
import { usePicking } from './usePicking';

interface PickableTilesProps {
  /** Names the list for assistive technology. */
  label: string;
  rows: readonly number[];
  /** Stands on the first tile, and what that means. */
  best?: { score: string; hint: string };
}

/** Some pictures, each of which can be searched for or selected. */
export function PickableTiles({ label, rows, best }: PickableTilesProps) {
  const { several, isSelected, onChoose, onSelect } = usePicking();
  return (
    <TileList
      label={label}
      count={rows.length}
      busy={false}
      several={several}
      onChoose={(index) => onChoose(rows[index])}
      onSelect={(index, shift) => onSelect(rows[index], shift)}
    >
      {(index, active) => (
        <PictureOption
          key={rows[index]}
          row={rows[index]}
          index={index}
          active={active}
          selected={isSelected(rows[index])}
          pinned={false}
          of={rows.length}
          {...(index === 0 ? best : {})}
        />
      )}
    </TileList>
  );
}
