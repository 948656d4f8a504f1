import { memo } from 'react';
import { PictureTile, type TilePlace } from '../../widgets/PictureTile';
import { usePicture } from '../store/hooks';

interface PictureOptionProps {
  row: number;
  /** Place in its list. */
  index: number;
  active: boolean;
  selected: boolean;
  pinned: boolean;
  /** Tiles in the list, -1 while more are coming. */
  of: number;
  score?: string;
  rank?: number;
  hint?: string;
  /** Always the same list, or it is drawn again. */
  places?: readonly TilePlace[];
}

/** A picture of the data set as a tile: drawn again only when it looks different. */
export const PictureOption = memo(function PictureOption(tile: PictureOptionProps) {
  const picture = usePicture(tile.row);
  return (
    <PictureTile
      {...tile}
      path={picture?.path ?? ''}
      url={picture && (picture.damaged ? null : picture.url)}
      copies={picture?.copies.length ?? 0}
    />
  );
});
