import { useMemo, useState } from 'react';
import { PictureRow } from '../../../app/pictures/PictureRow';
import { counted } from '../../../core/amounts';
import type { ClassPredictions } from '../../../core/test_result';
import { ConfusionMatrix } from '../../../widgets/ConfusionMatrix';
import { type ConfusionCell, confusionCells, mistakes } from './confusion';

/** More classes than fit side by side are told by their most frequent mistakes. */
const MOST_SQUARE = 12;
const MOST_LISTED = 24;

/** Which class was taken for which; a cell opens its pictures. */
export function Confusions({ outcome }: { outcome: ClassPredictions }) {
  const { names } = outcome;
  const cells = useMemo(() => confusionCells(outcome), [outcome]);
  const wrong = useMemo(() => mistakes(cells), [cells]);
  const [open, setOpen] = useState<ConfusionCell | null>(null);
  return (
    <>
      {names.length <= MOST_SQUARE ? (
        <ConfusionMatrix
          label="Classes of the pictures, line by line, and what they were taken for"
          names={names}
          counts={cells.map(({ rows }) => rows.length)}
          chosen={open && open.truth * names.length + open.predicted}
          onChoose={(place) => setOpen(cells[place])}
        />
      ) : (
        <ul className="mistakes" aria-label="Most frequent mistakes">
          {wrong.slice(0, MOST_LISTED).map((cell) => (
            <li key={`${cell.truth} ${cell.predicted}`}>
              <button type="button" className="button quiet" aria-pressed={cell === open} onClick={() => setOpen(cell)}>
                <bdi>{names[cell.truth]}</bdi> for <bdi>{names[cell.predicted]}</bdi>{' '}
                <span className="figure muted">{cell.rows.length}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {wrong.length === 0 && <p className="muted">No picture was taken for one of another class.</p>}
      {open && (
        <>
          <p className="small muted" aria-live="polite">
            {counted(open.rows.length, 'picture')} of <bdi>{names[open.truth]}</bdi> taken for{' '}
            <bdi>{names[open.predicted]}</bdi>.
          </p>
          <PictureRow label="Pictures of this cell" rows={open.rows} />
        </>
      )}
    </>
  );
}
