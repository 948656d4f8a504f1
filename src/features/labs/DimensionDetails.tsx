import { useEffect } from 'react';
import { nthPicture } from '../../app/pictures/nthPicture';
import { useActions, usePicture, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { decimals, significant } from '../../core/amounts';
import type { DimensionSummary, Firing } from '../../core/interpretation';
import { HeatPicture } from '../../widgets/HeatPicture';

/** Extreme pictures that are shown at either end. */
const SHOWN = 6;

/** One dimension: its highest and lowest pictures, where in them it fires, what it goes with. */
export function DimensionDetails({ summary, places }: { summary: DimensionSummary; places: boolean }) {
  const { askFiring } = useActions();
  const firing = useSelected(({ interpretation }) => interpretation.firing);
  const underWay = useSelected(runUnderWay);
  const { dimension, deviation, highest, lowest, relations, follows } = summary;
  const [top, bottom] = [highest.slice(0, SHOWN), lowest.slice(0, SHOWN)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a dimension; its pictures belong to it.
  useEffect(() => {
    if (places && !underWay) askFiring(dimension, [...top, ...bottom]);
  }, [dimension, places, underWay]);
  const maps = firing?.dimension === dimension ? firing : null;
  return (
    <div className="dimension">
      <p>
        Dimension {dimension + 1}, standard deviation {significant(deviation, 2)}. Follows {follows.name} most, with a
        rank correlation of {decimals(follows.correlation, 2)}
        {relations.length > 0 && `; ${relations.join('; ')}`}.
      </p>
      <Extremes title="Highest" rows={top} firing={maps} from={0} />
      <Extremes title="Lowest" rows={bottom} firing={maps} from={top.length} />
      <p className="small muted">
        {places
          ? 'Orange: what in the picture makes it high. Blue: what makes it low.'
          : 'This representation cannot be traced back to places in the picture.'}
      </p>
    </div>
  );
}

interface ExtremesProps {
  title: string;
  rows: readonly number[];
  firing: Firing | null;
  /** Place of the first of these pictures in what fires. */
  from: number;
}

function Extremes({ title, rows, firing, from }: ExtremesProps) {
  // Each end for itself: the lowest pictures of many dimensions are much paler than the highest.
  const size = firing ? firing.height * firing.width : 0;
  const ours = firing?.maps.subarray(from * size, (from + rows.length) * size);
  const strongest = ours?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0;
  return (
    <>
      <h3>{title}</h3>
      <ul className="extremes" aria-label={`${title} pictures`}>
        {rows.map((row, i) => (
          <Extreme key={row} row={row} firing={firing} place={from + i} strongest={strongest} />
        ))}
      </ul>
    </>
  );
}

interface ExtremeProps {
  row: number;
  firing: Firing | null;
  place: number;
  strongest: number;
}

function Extreme({ row, firing, place, strongest }: ExtremeProps) {
  const { select } = useActions();
  const picture = usePicture(row);
  const name = picture?.path ?? `picture ${row}`;
  const size = firing ? firing.height * firing.width : 0;
  return (
    <li>
      <button
        type="button"
        className="extreme"
        title={name}
        aria-label={`Similar to ${name}`}
        onClick={() => select(row)}
      >
        {firing ? (
          <HeatPicture
            label={`Where the dimension fires in ${name}`}
            side={firing.side}
            pixels={nthPicture(firing.pictures, place, firing.side)}
            height={firing.height}
            width={firing.width}
            map={firing.maps.subarray(place * size, (place + 1) * size)}
            strongest={strongest}
          />
        ) : (
          picture && !picture.damaged && <img src={picture.url} alt={name} draggable={false} />
        )}
      </button>
    </li>
  );
}
