import { useEffect, useRef } from 'react';

interface PixelsProps {
  /** In words, for who does not see it. */
  label: string;
  side: number;
  /** RGBA, side x side x 4. */
  pixels: Uint8ClampedArray;
}

/** A square picture of a few pixels, drawn as they are. */
export function Pixels({ label, side, pixels }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(side, side);
    image.data.set(pixels);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [side, pixels]);
  return <canvas ref={canvas} className="pixels" width={side} height={side} role="img" aria-label={label} />;
}
