import { useId } from 'react';
import { Icon } from './Icon';

/** A place on a tile that stands for a key, for those who have none. */
export interface TilePlace {
  key: string;
  sign: string;
  title: string;
}

interface PictureTileProps {
  /** Of the data set. */
  row: number;
  index: number;
  /** The file's path: the tile's name. Empty while it is not known. */
  path: string;
  /** Object URL of the thumbnail; undefined while it is on its way, null when it is damaged. */
  url: string | null | undefined;
  /** Reached by Tab. */
  active: boolean;
  selected: boolean;
  pinned: boolean;
  /** Tiles in the list, -1 while more are coming. */
  of: number;
  /** Files with the same bytes, besides this one. */
  copies: number;
  /** Shown on the tile and read out after its name. */
  score?: string;
  /** Its place from 1, where that says something. */
  rank?: number;
  /** What the score means, in words. */
  hint?: string;
  /** Keys that have their places on the tile. */
  places?: readonly TilePlace[];
}

/** A picture in a list of pictures. What it says is text: paths come from anywhere. */
export function PictureTile({
  row,
  index,
  path,
  url,
  active,
  selected,
  pinned,
  of,
  copies,
  score,
  rank,
  hint,
  places = [],
}: PictureTileProps) {
  const id = useId();
  const more = copies === 0 ? '' : copies === 1 ? '+1 copy' : `+${copies} copies`;
  return (
    <div
      role="option"
      data-tile={index}
      data-row={row}
      className="tile"
      title={hint ? `${path}\n${hint} (${score})` : path}
      aria-describedby={score || more || pinned ? id : undefined}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={of}
      tabIndex={active ? 0 : -1}
    >
      {/* A new element for another picture: an old one would be seen until the new one is decoded. */}
      {url ? (
        <img key={url} src={url} alt="" decoding="async" draggable={false} />
      ) : (
        url === null && <Icon name="alert" />
      )}
      <bdi className="visually-hidden">{path || `Picture ${index + 1}`}</bdi>
      {/* For a mouse or a finger: the keyboard has Space. Seen only where a tile can be selected. */}
      <span className="tile-check" data-check aria-hidden="true">
        <Icon name="check" />
      </span>
      {places.length > 0 && (
        <span className="tile-keys" aria-hidden="true">
          {places.map(({ key, sign, title }) => (
            <span key={key} data-key={key} title={title}>
              {sign}
            </span>
          ))}
        </span>
      )}
      {/* Hidden, because it is read as the tile's description: the name stays the path alone. */}
      <span id={id} className="tile-notes" aria-hidden="true">
        {rank && <span className="tile-score">{rank}</span>}
        {score && <span className="tile-score">{score}</span>}
        {hint && <span className="visually-hidden">{hint}</span>}
        {more && <span className="tile-copies">{more}</span>}
        {pinned && (
          <span className="tile-pin">
            <Icon name="pin" />
            <span className="visually-hidden">Pinned picture</span>
          </span>
        )}
      </span>
    </div>
  );
}
