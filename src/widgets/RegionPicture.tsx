import { type PointerEvent, useRef, useState } from 'react';

/** A rectangle, in shares of a picture's width and height, or in pixels where that is said. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Share of a side below which a drag was a click. */
const LEAST = 0.04;

interface RegionPictureProps {
  src: string;
  alt: string;
  region: Region | null;
  /** A rectangle was dragged on the picture. */
  onRegion(region: Region): void;
}

/** A picture as large as its place allows, on which a rectangle can be dragged. */
export function RegionPicture({ src, alt, region, onRegion }: RegionPictureProps) {
  const [ratio, setRatio] = useState(1);
  const [dragged, setDragged] = useState<Region | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const shown = dragged ?? region;

  const at = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): { x: number; y: number } => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const share = (place: number): number => Math.min(1, Math.max(0, place));
    return { x: share((clientX - left) / width), y: share((clientY - top) / height) };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = start.current;
    if (!from) return;
    const { x, y } = at(event);
    const [left, top] = [Math.min(from.x, x), Math.min(from.y, y)];
    setDragged({ left, top, width: Math.abs(x - from.x), height: Math.abs(y - from.y) });
  };
  const end = (): void => {
    start.current = null;
    setDragged(null);
  };

  return (
    <div
      className="region-picture"
      style={{ '--ratio': ratio } as object}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = at(event);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (dragged && dragged.width > LEAST && dragged.height > LEAST) onRegion(dragged);
        end();
      }}
      onPointerCancel={end}
    >
      <img
        src={src}
        alt={alt}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalWidth / naturalHeight)}
      />
      {shown && (
        <span
          className="region-frame"
          style={{
            left: `${100 * shown.left}%`,
            top: `${100 * shown.top}%`,
            width: `${100 * shown.width}%`,
            height: `${100 * shown.height}%`,
          }}
        />
      )}
    </div>
  );
}
