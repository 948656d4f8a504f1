import { useEffect, useRef } from 'react';
import { useActions, usePicture } from '../../../app/store/hooks';
import type { BlindQuestion } from '../../../app/store/slices';
import { type BlindTest, ROW } from '../../../core/blind_test';
import { sidesOf } from './questions';

interface AskQuestionProps {
  test: BlindTest;
  /** null while it is looked for. */
  question: BlindQuestion | null;
}

/** One query and two rows of neighbours. Nothing says which encoder found which, nor how the test stands. */
export function AskQuestion({ test, question }: AskQuestionProps) {
  const { answerBlindTest, undoBlindTest } = useActions();
  const heading = useRef<HTMLHeadingElement>(null);
  const query = usePicture(question?.row ?? null);
  const [upper, lower] = sidesOf(test.seed, test.answers.length);
  const answered = test.answers.length;
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const onKey = ({ key, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (repeat || ctrlKey || metaKey || altKey) return;
      if (key === '1') answerBlindTest(1);
      if (key === '2') answerBlindTest(2);
      if (key === '0' || key.toLowerCase() === 'e') answerBlindTest(null);
      if (key === 'Backspace') undoBlindTest();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [answerBlindTest, undoBlindTest]);
  return (
    <>
      <div className="dialog-body blind-question" aria-busy={question === null}>
        <div className="blind-head">
          <div className="blind-query">
            {query && !query.damaged && <img key={query.url} src={query.url} alt={query.path} decoding="sync" />}
          </div>
          <div className="blind-words">
            <p className="small muted figure">
              {answered + 1} of {test.goal}
            </p>
            <progress aria-label="Answered" max={test.goal} value={answered} />
            <h3 ref={heading} tabIndex={-1}>
              Which row is more like this picture?
            </h3>
          </div>
        </div>
        <Row place={1} rows={question?.rows[upper]} onChoose={() => answerBlindTest(1)} />
        <Row place={2} rows={question?.rows[lower]} onChoose={() => answerBlindTest(2)} />
      </div>
      <div className="dialog-foot blind-foot">
        <p className="small muted blind-keys">
          Keys: <kbd>1</kbd> <kbd>2</kbd> <kbd>0</kbd> for equal, <kbd>Backspace</kbd> to undo
        </p>
        <button type="button" className="button" onClick={() => answerBlindTest(null)}>
          Equal
        </button>
        <button type="button" className="button quiet" disabled={answered === 0} onClick={undoBlindTest}>
          Undo
        </button>
      </div>
    </>
  );
}

interface RowProps {
  place: 1 | 2;
  rows: readonly number[] | undefined;
  onChoose(): void;
}

/** A row of neighbours, the nearest first; choosing it says that it is the better one. */
function Row({ place, rows, onChoose }: RowProps) {
  return (
    <button type="button" className="blind-row" onClick={onChoose}>
      <span className="blind-row-name">
        Row <kbd>{place}</kbd> is better
      </span>
      <span className="blind-tiles">
        {Array.from({ length: rows?.length ?? ROW }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row keeps its size, whichever picture is in it.
          <Tile key={i} row={rows?.[i] ?? null} />
        ))}
      </span>
    </button>
  );
}

function Tile({ row }: { row: number | null }) {
  const picture = usePicture(row);
  return (
    <span className="blind-tile">
      {picture && !picture.damaged && <img key={picture.url} src={picture.url} alt="" decoding="sync" />}
    </span>
  );
}
