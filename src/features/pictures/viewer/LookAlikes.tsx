import { searchedNow } from '../../../app/encoders/searchOrder';
import { PictureRow } from '../../../app/pictures/PictureRow';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';

const SHOWN = 24;

/** The pictures most like one, in a strip: a click goes there. */
export function LookAlikes({ row }: { row: number }) {
  const { neighboursIn, view } = useActions();
  const encoder = useSelected((state) => searchedNow(state)?.encoder ?? '');
  const versions = useSelected(({ encoders }) => encoders.versions);
  const { answer } = useAnswer(
    encoder ? (signal) => neighboursIn(encoder, row, SHOWN, undefined, signal) : null,
    `${encoder} ${row} ${versions}`,
  );
  if (!encoder) return null;
  return (
    <div className="viewer-strip">
      <h3>Similar</h3>
      <PictureRow
        key={row}
        label="Similar"
        rows={answer?.neighbours.map((neighbour) => neighbour.row) ?? []}
        onChoose={view}
      />
    </div>
  );
}
