import { type ReactNode, useState } from 'react';
import { useRovingTiles } from './roving';

interface TileListProps {
  /** Names the list for assistive technology. */
  label: string;
  count: number;
  /** What is shown is being replaced. */
  busy: boolean;
  onChoose(index: number): void;
  onKey?(key: string, index: number): void;
  /** A tile was selected beside others; `several`: by any click. */
  onSelect?(index: number, shift: boolean): void;
  several?: boolean;
  children(index: number, active: boolean): ReactNode;
}

/** Some tens of tiles in a grid that the style sheet lays out, with the keys of PictureGrid. */
export function TileList({ label, count, busy, onChoose, onKey, onSelect, several = false, children }: TileListProps) {
  const [active, setActive] = useState(0);
  const place = Math.min(active, Math.max(0, count - 1));
  const { box, handlers } = useRovingTiles({
    count,
    active: place,
    columns: () => (box.current ? getComputedStyle(box.current).gridTemplateColumns.split(' ').length : 1),
    page: () => 3,
    onActive: (index) => {
      setActive(index);
      box.current?.querySelector(`[data-tile="${index}"]`)?.scrollIntoView({ block: 'nearest' });
    },
    onChoose,
    onKey,
    onSelect,
    several,
  });
  return (
    <div
      ref={box}
      role="listbox"
      aria-label={label}
      aria-busy={busy}
      aria-multiselectable={several}
      className={onSelect ? 'tile-list selectable' : 'tile-list'}
      {...handlers}
    >
      {Array.from({ length: count }, (_, index) => children(index, index === place))}
    </div>
  );
}
