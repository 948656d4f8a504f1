import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useRovingTiles } from './roving';

const GAP = 6;

interface PictureGridProps {
  /** Names the list for assistive technology. */
  label: string;
  /** Rows in the order of the tiles; null: 0 .. count - 1. */
  rows: readonly number[] | null;
  /** Another order begins at the top; the same one keeps its place where rows come or go. */
  order: unknown;
  count: number;
  /** More tiles are coming: their final number is not known yet. */
  growing: boolean;
  /** Wanted side of a tile in pixels; tiles fill the width exactly, so they are a little larger. */
  side: number;
  /** Row of a tile to bring into sight whenever it changes. */
  reveal: number | null;
  /** A click selects a tile beside others. */
  several: boolean;
  onChoose(row: number): void;
  onSelect(row: number, shift: boolean): void;
  onKey(key: string, row: number): void;
  /** Draws a tile; only those in sight are asked for. */
  children(row: number, index: number, active: boolean): ReactNode;
}

/** Any number of square tiles, of which only those in sight exist. Arrow keys, Page, Home and End move between them. */
export function PictureGrid({
  label,
  rows: shown,
  order,
  count: all,
  growing,
  side,
  reveal,
  several,
  onChoose,
  onSelect,
  onKey,
  children,
}: PictureGridProps) {
  const count = shown?.length ?? all;
  const rowAt = (index: number): number => shown?.[index] ?? index;
  /** The tile to reveal, -1 for none. */
  const revealed = (): number => (reveal === null ? -1 : shown ? shown.indexOf(reveal) : reveal);
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

  /** How the tiles were laid out before. */
  const before = useRef({ columns, tile });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width or tile size moves every row.
  useLayoutEffect(() => {
    const { columns: had, tile: was } = before.current;
    before.current = { columns, tile };
    virtual.measure();
    const element = scroller.current;
    if (!element || !(was > 0)) return;
    // What was looked at stays where it was: the revealed tile while it is in sight, else the first tile in sight.
    const topOf = (index: number): number => Math.floor(index / had) * (was + GAP) - element.scrollTop;
    const kept = revealed();
    const inSight = kept >= 0 && topOf(kept) > -was && topOf(kept) < element.clientHeight;
    const anchor = inSight ? kept : Math.floor(element.scrollTop / (was + GAP)) * had;
    element.scrollTop = Math.floor(anchor / columns) * (tile + GAP) - topOf(anchor);
  }, [columns, tile]);

  const ordered = useRef(order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another order moves the view.
  useLayoutEffect(() => {
    if (ordered.current === order) return;
    ordered.current = order;
    setActive(Math.max(0, revealed()));
    scroller.current?.scrollTo({ top: 0 });
  }, [order]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another tile to reveal moves the view, not a resize.
  useEffect(() => {
    const index = revealed();
    if (index < 0 || rows === 0) return;
    setActive(index);
    virtual.scrollToIndex(Math.floor(index / columns));
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
    several,
    onChoose: (index) => onChoose(rowAt(index)),
    onSelect: (index, shift) => onSelect(rowAt(index), shift),
    onKey: (key, index) => onKey(key, rowAt(index)),
  });

  return (
    <div ref={scroller} className="grid-scroller">
      <div
        ref={box}
        role="listbox"
        aria-label={label}
        aria-busy={growing}
        aria-multiselectable={several}
        className="grid-field selectable"
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
              return children(rowAt(index), index, index === place);
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
