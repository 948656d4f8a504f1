import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useRovingTiles } from './roving';

const GAP = 6;

interface PictureGridProps {
  /** Names the list for assistive technology. */
  label: string;
  count: number;
  /** More tiles are coming: their final number is not known yet. */
  growing: boolean;
  /** Wanted side of a tile in pixels; tiles fill the width exactly, so they are a little larger. */
  side: number;
  /** A tile to bring into sight whenever it changes. */
  reveal: number | null;
  /** Several tiles can be selected at a time. */
  several?: boolean;
  onChoose(index: number, shift: boolean): void;
  onKey(key: string, index: number): void;
  /** Draws a tile; only those in sight are asked for. */
  children(index: number, active: boolean): ReactNode;
}

/** Any number of square tiles, of which only those in sight exist. Arrow keys, Page, Home and End move between them. */
export function PictureGrid({
  label,
  count,
  growing,
  side,
  reveal,
  several = false,
  onChoose,
  onKey,
  children,
}: PictureGridProps) {
  const [active, setActive] = useState(0);
  const [width, setWidth] = useState(0);
  const columns = Math.max(1, Math.floor((width + GAP) / (side + GAP)));
  const tile = (width - GAP * (columns - 1)) / columns;
  const rows = width === 0 ? 0 : Math.ceil(count / columns);
  const place = Math.min(active, Math.max(0, count - 1));
  const scroller = useRef<HTMLDivElement>(null);

  // The row of the active tile stays drawn when it is scrolled away: focus must not be lost.
  const activeRow = Math.floor(place / columns);
  const extract = useCallback(
    (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      if (range.count === 0 || inSight.includes(activeRow)) return inSight;
      return [...inSight, activeRow].sort((a, b) => a - b);
    },
    [activeRow],
  );
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => tile + GAP,
    overscan: 3,
    rangeExtractor: extract,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tile size moves every row.
  useLayoutEffect(() => virtual.measure(), [tile]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another tile to reveal moves the view, not a resize.
  useEffect(() => {
    if (reveal === null || rows === 0) return;
    setActive(reveal);
    virtual.scrollToIndex(Math.floor(reveal / columns));
  }, [reveal, rows === 0]);

  const { box, handlers } = useRovingTiles({
    count,
    active: place,
    columns: () => columns,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (tile + GAP))),
    onActive: (index) => {
      setActive(index);
      virtual.scrollToIndex(Math.floor(index / columns));
    },
    onChoose,
    onKey,
  });

  return (
    <div ref={scroller} className="grid-scroller">
      <div
        ref={box}
        role="listbox"
        aria-label={label}
        aria-busy={growing}
        aria-multiselectable={several}
        className="grid-field"
        style={{ height: virtual.getTotalSize() }}
        {...handlers}
      >
        {virtual.getVirtualItems().map(({ index: row, start }) => (
          <div
            key={row}
            role="presentation"
            className="grid-row"
            style={{
              transform: `translateY(${start}px)`,
              gridTemplateColumns: `repeat(${columns}, ${tile}px)`,
              gap: GAP,
            }}
          >
            {Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => {
              const index = row * columns + column;
              return children(index, index === place);
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
