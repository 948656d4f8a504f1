import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useActions, useLookalike, usePicture, useSelected } from '../../../app/store/hooks';
import { colour, onColours } from '../../../widgets/colours';
import { Icon } from '../../../widgets/Icon';
import { useSize } from '../../../widgets/zoom/useSize';
import { useZoomPointer } from '../../../widgets/zoom/useZoomPointer';
import type { Point, Viewport } from '../../../widgets/zoom/zoom';
import { drawMap } from './draw';
import type { PointColours } from './pointColours';
import { tonesOf } from './points';
import { SmallPictures } from './smallPictures';
import { fitted, rowAt, rowsWithin } from './viewport';

/** Pixels within which a point is under the pointer. */
const REACH = 24;
const STEP = 1.5;

interface MapCanvasProps {
  /** Where all pictures lie: when that changes, the view shows them all. */
  placed: Float32Array;
  /** [count, 2]; not a number for those that are hidden. */
  points: Float32Array;
  colours: PointColours;
  /** What a drag selects with; null: it moves the map. */
  tool: MapTool | null;
}

export type MapTool = 'lasso' | 'rectangle';

/** The map itself: it is moved and zoomed, shows what is under the pointer, and takes a selection. */
export function MapCanvas({ placed, points, colours, tool }: MapCanvasProps) {
  const { select, pickRows, pickPicture } = useActions();
  const { pictures } = useLookalike();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(canvas);
  const [view, setView] = useState<Viewport | null>(null);
  /** Rises when there are more small pictures, or other colours. */
  const [version, setVersion] = useState(0);
  const [small, setSmall] = useState<SmallPictures | null>(null);
  const rows = useSelected(({ browse }) => browse.rows);
  const picking = useSelected(({ labels }) => labels.picking);
  const searched = useSelected(({ similar }) => similar.row);
  const shown = useMemo(() => rows && new Set(rows), [rows]);
  const selected = useMemo(() => new Set(picking), [picking]);
  const tones = useMemo(() => tonesOf(points.length / 2, colours.of), [points.length, colours]);

  useEffect(() => {
    const more = (): void => setVersion((before) => before + 1);
    const made = new SmallPictures(pictures, more);
    setSmall(made);
    const stop = onColours(more);
    return () => {
      stop();
      made.dispose();
    };
  }, [pictures]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is hidden or shown again leaves the view where it is.
  useEffect(() => {
    if (width > 0 && height > 0) setView(fitted(points, width, height));
  }, [placed, width, height]);

  const pointer = useZoomPointer({
    field: canvas,
    drawing: tool !== null,
    onView: (change) => setView((before) => before && change(before)),
    onClick: (place) => {
      const row = view ? rowAt(points, view, place, REACH) : -1;
      if (row < 0) return;
      if (picking) pickPicture(row, false);
      else select(row);
    },
    onDrawn: (line) =>
      view && pickRows(rowsWithin(points, view, shapeOf(tool, line)).filter((row) => shown?.has(row) ?? true)),
  });
  const hovered = pointer.over && view ? rowAt(points, view, pointer.over, REACH) : -1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` rises when what is read while drawing has changed.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !view || !small) return;
    element.width = Math.round(width * devicePixelRatio);
    element.height = Math.round(height * devicePixelRatio);
    context.scale(devicePixelRatio, devicePixelRatio);
    const marked = [searched, hovered].filter((row): row is number => row !== null && row >= 0);
    const look = { colourOf: colours.of, tones, accent: colour('--accent'), edge: colour('--panel') };
    drawMap(context, {
      ...look,
      points,
      view,
      width,
      height,
      shown,
      selected,
      marked,
      lasso: shapeOf(tool, pointer.line),
      small,
    });
  }, [points, view, width, height, colours, shown, selected, searched, hovered, tool, pointer.line, small, version]);

  const zoomBy = (factor: number): void => pointer.zoom(factor, { x: width / 2, y: height / 2 });
  return (
    <div className={tool ? 'map-field lassoing' : 'map-field'}>
      <canvas ref={canvas} role="img" aria-label={`Map of ${points.length / 2} pictures`} {...pointer.handlers} />
      <div className="map-zoom">
        <button type="button" className="button icon" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
          <Icon name="plus" />
        </button>
        <button type="button" className="button icon" aria-label="Zoom out" onClick={() => zoomBy(1 / STEP)}>
          <Icon name="minus" />
        </button>
        <button
          type="button"
          className="button icon"
          aria-label="Show all"
          onClick={() => setView(fitted(points, width, height))}
        >
          <Icon name="fit" />
        </button>
      </div>
      {hovered >= 0 && pointer.over && <Hovered row={hovered} {...pointer.over} right={pointer.over.x > width / 2} />}
    </div>
  );
}

/** The closed line that a drag has drawn. */
function shapeOf(tool: MapTool | null, line: readonly Point[]): readonly Point[] {
  const [from, to] = [line[0], line[line.length - 1]];
  return tool === 'rectangle' && from && to ? [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }] : line;
}

/** The picture under the pointer, beside it. */
function Hovered({ row, x, y, right }: { row: number; x: number; y: number; right: boolean }) {
  const picture = usePicture(row);
  if (!picture) return null;
  return (
    <figure className={right ? 'map-hovered right' : 'map-hovered'} style={{ left: x, top: y }} aria-hidden="true">
      <img src={picture.url} alt="" />
      <figcaption className="small ellipsis">
        <bdi>{picture.path}</bdi>
      </figcaption>
    </figure>
  );
}
