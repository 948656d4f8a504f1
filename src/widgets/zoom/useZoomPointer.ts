import { type PointerEvent, useRef, useState } from 'react';
import { type Point, type Viewport, zoomed } from './zoom';

/** Pixels a pointer moves before it drags. */
const SLACK = 4;

interface ZoomPointer {
  view: Viewport | null;
  onView(view: Viewport): void;
  onClick?(place: Point): void;
  /** A drag draws a line in the place of moving the view; with Shift it always does. */
  drawing?: boolean;
  onDrawn?(line: readonly Point[]): void;
}

const placeOf = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Point => {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

/** Pointers on something that is zoomed: a drag moves it or draws a line, two fingers zoom, a click chooses. */
export function useZoomPointer({ view, onView, onClick, drawing = false, onDrawn }: ZoomPointer) {
  const down = useRef(new Map<number, Point>());
  const moved = useRef(false);
  const [line, setLine] = useState<readonly Point[]>([]);
  /** Where the pointer is while it presses nothing. */
  const [over, setOver] = useState<Point | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    if (down.current.size === 0) moved.current = false;
    setLine(onDrawn && down.current.size === 0 && (drawing || event.shiftKey) ? [place] : []);
    down.current.set(event.pointerId, place);
    setOver(null);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const place = placeOf(event);
    const before = down.current.get(event.pointerId);
    if (!before) setOver(place);
    if (!before || !view) return;
    const [dx, dy] = [place.x - before.x, place.y - before.y];
    if (!moved.current && Math.hypot(dx, dy) < SLACK) return;
    moved.current = true;
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    down.current.set(event.pointerId, place);
    if (other) {
      const apart = (point: Point): number => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      onView(zoomed(view, apart(place) / apart(before), other));
    } else if (line.length > 0) setLine([...line, place]);
    else onView({ ...view, left: view.left + dx, top: view.top + dy });
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    if (!down.current.delete(event.pointerId)) return;
    if (!moved.current) onClick?.(placeOf(event));
    else if (line.length > 1) onDrawn?.(line);
    setLine([]);
  };
  const onPointerCancel = ({ pointerId }: PointerEvent<HTMLElement>): void => {
    down.current.delete(pointerId);
    setLine([]);
  };
  const onPointerLeave = (): void => setOver(null);
  return { line, over, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave } };
}
