import { useMemo } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';

/** The selection of pictures, as lists of tiles take part in it. */
export function usePicking() {
  const { pickPictures, pickPicture, select, view } = useActions();
  const picking = useSelected(({ labels }) => labels.picking);
  const opened = useSelected(({ similar }) => similar.row);
  const picked = useMemo(() => new Set(picking), [picking]);
  return {
    several: picking !== null,
    isSelected: (row: number): boolean => (picking ? picked.has(row) : row === opened),
    onChoose: (row: number): void => (row === opened ? view(row) : select(row)),
    onSelect: (row: number, shift: boolean): void => {
      if (!picking) pickPictures(true);
      pickPicture(row, shift);
    },
  };
}
