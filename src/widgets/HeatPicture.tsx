import { useEffect, useRef } from 'react';
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

/** What adds and what takes away; over pictures, so the same in both themes. */
const ADDS = [255, 106, 0];
const TAKES = [0, 92, 255];
/** Opacity at full strength: the picture is to be seen below. */
const OPACITY = 190;

/** A picture under a map of where in it something comes from. */
export function HeatPicture({ label, side, pixels, height, width, map, strongest }: HeatPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const share = Math.min(1, Math.abs(map[i]) / Math.max(strongest, Number.MIN_VALUE));
      // Squared: where all adds something, what adds most is to stand out.
      image.data.set([...(map[i] < 0 ? TAKES : ADDS), OPACITY * share ** 2], 4 * i);
    }
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [width, height, map, strongest]);
  return (
    <div className="heat-picture">
      <Pixels label={label} side={side} pixels={pixels} />
      <div className="heat-layer" aria-hidden="true">
        <canvas ref={canvas} width={width} height={height} />
      </div>
    </div>
  );
}
