import { HeatMap } from './HeatMap';
import { Pixels } from './Pixels';

interface HeatPictureProps {
  /** In words, for who does not see it. */
  label: string;
  side: number;
  /** RGBA, side x side x 4. */
  pixels: Uint8ClampedArray;
  height: number;
  width: number;
  /** A number a position, height x width. */
  map: ArrayLike<number>;
  /** The number, positive or negative, that is shown at full strength. */
  strongest: number;
}

/** A picture under a map of where in it something comes from. */
export function HeatPicture({ label, side, pixels, ...map }: HeatPictureProps) {
  return (
    <div className="heat-picture">
      <Pixels label={label} side={side} pixels={pixels} />
      <div className="heat-layer" aria-hidden="true">
        <HeatMap label="" {...map} />
      </div>
    </div>
  );
}
