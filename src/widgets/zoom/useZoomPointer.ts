import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Point, type Viewport, wheelFactor, zoomed } from './zoom';

/** Pixels a pointer moves before it drags. */
const SLACK = 4;

interface ZoomPointer {
  field: RefObject<HTMLElement | null>;
  /** Called with what the view that is seen becomes. */
  onView(change: (view: Viewport) => Viewport): void;
  /** The largest scale. */
  most?: number;
  onClick?(place: Point): void;
  /** A drag draws a line in the place of moving the view; with Shift it always does. */
  drawing?: boolean;
  onDrawn?(line: readonly Point[]): void;
}

interface Place {
  currentTarget: EventTarget | null;
  clientX: number;
  clientY: number;
}

const placeOf = ({ currentTarget, clientX, clientY }: Place): Point => {
  const { left, top } = (currentTarget as HTMLElement).getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

/** Pointers on something that is zoomed: a drag moves it or draws a line, the wheel and two fingers zoom, a click chooses. */
export function useZoomPointer({ field, onView, most = Infinity, onClick, drawing = false, onDrawn }: ZoomPointer) {
  const down = useRef(new Map<number, Point>());
  const moved = useRef(false);
  const [line, setLine] = useState<readonly Point[]>([]);
  /** Where the pointer is while it presses nothing. */
  const [over, setOver] = useState<Point | null>(null);

  const zoom = (factor: number, around: Point): void =>
    onView((view) => zoomed(view, Math.min(factor, most / view.scale), around));
  const latest = useRef(zoom);
  latest.current = zoom;
  // React listens to the wheel passively, and the page would scroll.
  useEffect(() => {
    const element = field.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(wheelFactor(event), placeOf(event));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [field]);

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
    if (!before) return;
    const [dx, dy] = [place.x - before.x, place.y - before.y];
    if (!moved.current && Math.hypot(dx, dy) < SLACK) return;
    moved.current = true;
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    down.current.set(event.pointerId, place);
    if (other) {
      const apart = (point: Point): number => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      zoom(apart(place) / apart(before), other);
    } else if (line.length > 0) setLine([...line, place]);
    else onView((view) => ({ ...view, left: view.left + dx, top: view.top + dy }));
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
  return { line, over, zoom, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave } };
}
