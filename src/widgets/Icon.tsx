/** Drawings on a 24 x 24 grid, one path each. */
const DRAWINGS = {
  folder:
    'M3 7.5V18a1.5 1.5 0 0 0 1.5 1.5h15A1.5 1.5 0 0 0 21 18V9a1.5 1.5 0 0 0-1.5-1.5H12L9.5 4.5h-5A1.5 1.5 0 0 0 3 6z',
  files: 'M8 3.5h7l4 4V18a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4.5a1 1 0 0 1 1-1zM15 3.5v4h4M4 7v13.5a1 1 0 0 0 1 1h10',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7',
  chevron: 'm7 10 5 5 5-5',
  next: 'm10 7 5 5-5 5',
  back: 'M14 6l-6 6 6 6',
  pin: 'M9 3.5h6l-1 6 3 3.5H7l3-3.5zM12 13v7.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  half: 'M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17',
  shield: 'M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5',
  chip: 'M7 7h10v10H7zM10 10h4v4h-4zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5',
  save: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15',
  bin: 'M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 13h9l1-13M10 10.5v5.5M14 10.5v5.5',
  pencil: 'M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5',
  alert: 'M12 4 2.5 20h19zM12 10v4.5M12 17.200v.3',
  grid: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  curve: 'M4 4v16h16M7.5 8c2 7 5 8 12.5 8.5',
  picture:
    'M4.5 5h15A1.5 1.5 0 0 1 21 6.500v11a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 17.500v-11A1.500 1.500 0 0 1 4.500 5zM3.500 16.500l5-5 4.500 4.500 3-3 4.500 4.500M15.500 9v.3',
  look: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
  map: 'M6.500 5.500v.3M15 4.500v.3M18.500 9.500v.3M9 10.500v.3M5 14.500v.3M13.500 13.500v.3M18 17.500v.3M9.500 19v.3M16 13.500v.3',
  tidy: 'M4 6.500h10M4 12h7M4 17.500h5M14 16l3 3 5-6',
  lasso:
    'M12 4c5 0 8.500 2.200 8.500 5.500S17 15 12 15s-8.500-2.200-8.500-5.500S7 4 12 4zM8 14.500c-2 1-2 3.500 0 4s2 2 1 3',
  tag: 'M4 4h7.5l8.500 8.500-7.500 7.500L4 11.500zM8 7.700v.3',
  aside: 'M3.5 4.500h17v4.500h-17zM5 9v10.500h14V9M9.500 13h5',
  flask:
    'M9.500 3.500h5M10.500 3.500v6L5 18.500A1.300 1.300 0 0 0 6.200 20.500h11.600a1.300 1.300 0 0 0 1.200-2L13.500 9.500v-6M8 14.500h8',
  keys: 'M4 6.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM7 10v.3M12 10v.3M17 10v.3M8 14h8',
  more: 'M5.500 12v.3M12 12v.3M18.500 12v.3',
  compare: 'M4 20V10h4v10zM10 20V4h4v16zM16 20v-7h4v7z',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.3',
} as const;

export type IconName = keyof typeof DRAWINGS;

/** A drawing beside words or in a named button: it says nothing by itself. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon-drawing" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
