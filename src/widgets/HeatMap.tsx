import { useEffect, useRef } from 'react';

interface HeatMapProps {
  /** In words, for who does not see it; empty where something else says it. */
  label: string;
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
/** Opacity at full strength, of 255: the picture is to be seen below. */
const OPACITY = 190;

/** Pixels of a side that the map is drawn at: smooth, although a layer has but a few positions. */
const DRAWN = 256;

/** A map of where in a picture something comes from, to lie over the picture. */
export function HeatMap({ label, height, width, map, strongest }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const share = Math.min(1, Math.abs(map[i]) / Math.max(strongest, Number.MIN_VALUE));
      // Squared: where all adds something, what adds most is to stand out.
      image.data.set([...(map[i] < 0 ? TAKES : ADDS), OPACITY * share ** 2], 4 * i);
    }
    const small = new OffscreenCanvas(width, height);
    small.getContext('2d')?.putImageData(image, 0, 0);
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, DRAWN, DRAWN);
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, 0, 0, DRAWN, DRAWN);
  }, [width, height, map, strongest]);
  return <canvas ref={canvas} className="heat-map" width={DRAWN} height={DRAWN} role="img" aria-label={label} />;
}
