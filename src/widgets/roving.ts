import { type FocusEvent, type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react';
import { tileAfterKey } from './tileKeys';

/** What a list of tiles tells about itself. */
interface Tiles {
  count: number;
  /** Tile that Tab leads to. */
  active: number;
  columns(): number;
  /** Rows in sight. */
  page(): number;
  onActive(index: number): void;
  /** A tile was clicked, or Enter was pressed on it; Space too where nothing can be selected. */
  onChoose(index: number): void;
  /** Space was pressed on a tile, or its check or it was clicked, the latter with Ctrl or Command; while `several`, any click. */
  onSelect?(index: number, shift: boolean): void;
  /** A click selects. */
  several?: boolean;
  /** Any other key pressed on a tile. */
  onKey?(key: string, index: number): void;
}

/** Index of the tile that an element belongs to. Tiles carry `data-tile`. */
function tileOf(target: EventTarget): number | null {
  const tile = (target as HTMLElement).closest<HTMLElement>('[data-tile]');
  return tile ? Number(tile.dataset.tile) : null;
}

/**
 * Keyboard and mouse of a listbox of tiles: one tile can be reached by Tab, arrows move from there. Handlers sit on the
 * listbox, so that tiles need none of their own and are drawn again only when they look different.
 */
export function useRovingTiles(tiles: Tiles) {
  const box = useRef<HTMLDivElement>(null);
  /** A key moved the active tile: focus follows as soon as that tile is drawn. */
  const follow = useRef(false);
  /** The tile that had the focus last. */
  const focused = useRef<Element | null>(null);
  const { active } = tiles;

  useLayoutEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    box.current?.querySelector<HTMLElement>(`[data-tile="${active}"]`)?.focus({ preventScroll: true });
  }, [active]);

  // A tile that is taken out of the list gives its focus to the one in its place.
  useLayoutEffect(() => {
    if (focused.current?.isConnected !== false || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>(`[data-tile="${active}"]`)?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = tileOf(event.target);
    if (index === null) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.key === ' ' && tiles.onSelect) tiles.onSelect(index, event.shiftKey);
      else tiles.onChoose(index);
      return;
    }
    const next = tileAfterKey(event.key, index, { count: tiles.count, columns: tiles.columns(), page: tiles.page() });
    if (next === null) {
      tiles.onKey?.(event.key, index);
      return;
    }
    event.preventDefault();
    follow.current = next !== index;
    tiles.onActive(next);
  };

  const onClick = (event: MouseEvent): void => {
    const index = tileOf(event.target);
    if (index === null) return;
    tiles.onActive(index);
    // Places on a tile that stand for a key, and the one that selects.
    const place = (event.target as HTMLElement).closest<HTMLElement>('[data-key], [data-check]');
    const key = place?.dataset.key;
    if (key) tiles.onKey?.(key, index);
    else if (tiles.onSelect && (place || tiles.several || event.ctrlKey || event.metaKey || event.shiftKey))
      tiles.onSelect(index, event.shiftKey);
    else tiles.onChoose(index);
  };

  const onFocus = (event: FocusEvent): void => {
    const index = tileOf(event.target);
    focused.current = event.target;
    if (index !== null && index !== active) tiles.onActive(index);
  };

  return { box, handlers: { onKeyDown, onClick, onFocus } };
}
