import { useEffect, useRef } from 'react';
import { useEncoders } from '../../../app/encoders/useEncoders';
import { useActions, useSelected } from '../../../app/store/hooks';
import { unbroken, wholePercent } from '../../../core/amounts';
import { type BlindTest, ROUND } from '../../../core/blind_test';
import type { Interval } from '../../../core/records';
import { blindOutcome, outcomeNotes, outcomeWords, shareRange } from './outcome';
import { wantedRows } from './questions';

interface ShareStripProps {
  /** Of the answers that preferred one encoder. */
  share: number;
  interval: Interval;
  /** Whose the left end is, all answers for that one, and whose the right end. */
  ends: readonly [string, string];
}

/** A share with its interval between two ends; one half, where chance lies, is marked. */
function ShareStrip({ share, interval: { low, high }, ends }: ShareStripProps) {
  return (
    <figure className="share-strip">
      <svg
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${ends[1]}: ${wholePercent(share)}, ${shareRange({ low, high })}`}
      >
        <rect className="share-track" y="3.5" width="100" height="1" />
        <rect className="share-interval" x={100 * low} y="2" width={100 * (high - low)} height="4" />
        <rect className="share-half" x="49.85" width="0.3" height="8" />
        <rect className="share-mark" x={100 * share - 0.5} y="0.5" width="1" height="7" />
      </svg>
      <figcaption className="small muted">
        <span>{ends[0]}</span>
        <span>chance</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

/** Which encoder was better and how sure that is, and what can be done about it. */
export function BlindResult({ test }: { test: BlindTest }) {
  const { beginBlindTest, closeBlindTest, searchWith } = useActions();
  const { encoders, searching } = useEncoders();
  const order = useSelected(({ blindTest }) => blindTest?.order);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [first, second] = test.encoders.map(({ id }) => encoders.find((one) => one.id === id)?.name ?? id);
  const outcome = blindOutcome(test);
  const { leader, wins, ties, interval, clear } = outcome;
  const winner = leader === null ? null : test.encoders[leader].id;
  const others = wantedRows({ ...test, goal: test.answers.length + ROUND }, order ?? [], 1).length > 0;
  const [top, bottom] = leader === 1 ? [1, 0] : [0, 1];
  const names = [first, second];
  return (
    <>
      <div className="dialog-body blind-result">
        <h3 ref={heading} tabIndex={-1}>
          {unbroken(outcomeWords(outcome, [first, second]))}
        </h3>
        {interval && (
          <ShareStrip share={wins[top] / (wins[0] + wins[1])} interval={interval} ends={[names[bottom], names[top]]} />
        )}
        <dl className="blind-tally">
          {[top, bottom].map((side) => (
            <div key={side}>
              <dt>{names[side]}</dt>
              <dd className="figure">{wins[side]}</dd>
            </div>
          ))}
          <div>
            <dt>Equal</dt>
            <dd className="figure">{ties}</dd>
          </div>
        </dl>
        {outcomeNotes(outcome, test).map((note) => (
          <p key={note} className="small muted">
            {note}
          </p>
        ))}
        {winner !== null && winner === searching && (
          <p className="small muted">{names[top]} is the one that searches already.</p>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={closeBlindTest}>
          Close
        </button>
        {others && (
          <button
            type="button"
            className={clear ? 'button' : 'button primary'}
            onClick={() => beginBlindTest([test.encoders[0].id, test.encoders[1].id], 'more')}
          >
            Ten more
          </button>
        )}
        {winner !== null && winner !== searching && (
          <button
            type="button"
            className={clear ? 'button primary' : 'button'}
            onClick={() => {
              searchWith(winner);
              closeBlindTest();
            }}
          >
            Search with {names[top]}
          </button>
        )}
      </div>
    </>
  );
}
