import { useState } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import { currentDataset, searchView } from '../../../app/store/store';
import { unbroken } from '../../../core/amounts';
import { isCurrent, isOver, testOf, usualPair } from '../../../core/blind_test';
import { viewedWords } from '../../../core/search_view';
import { blindOutcome, outcomeWords } from './outcome';
import { useTestable } from './testable';

interface ChoosePairProps {
  /** The two that the test was opened for. */
  chosen: readonly [string, string] | null;
  trouble: string | null;
}

const focusAtOnce = (button: HTMLButtonElement | null): void => button?.setAttribute('autofocus', '');

/** Says what is asked, of which two encoders, and what was answered of them before. */
export function ChoosePair({ chosen, trouble }: ChoosePairProps) {
  const { beginBlindTest } = useActions();
  const { encoders, searching } = useTestable();
  const tests = useSelected((state) => currentDataset(state)?.blindTests);
  const embedded = useSelected((state) => state.encoders.embedded);
  const view = useSelected(searchView);
  const [pair, setPair] = useState(chosen ?? usualPair(encoders, searching));
  if (!pair) return null;
  const stored = testOf(tests, pair);
  const current = stored && isCurrent(stored, embedded) ? stored : undefined;
  const how = !current ? 'anew' : isOver(current) ? 'more' : 'on';
  const words = { anew: 'Begin', on: 'Go on', more: 'Ten more' }[how];
  const nameOf = (of: string): string => encoders.find(({ id }) => id === of)?.name ?? of;
  const choose = (place: number, id: string): void => {
    const other = pair[1 - place] === id ? pair[place] : pair[1 - place];
    setPair(place === 0 ? [id, other] : [other, id]);
  };
  return (
    <>
      <div className="dialog-body">
        {trouble && (
          <p className="callout danger" role="alert">
            {trouble}
          </p>
        )}
        <p>
          Ten pictures, and for each two rows of the pictures most like it, found by two models. Say which row is
          better: which model found it you learn at the end. If you prefer the same one in nine of ten, that is hardly
          chance.
        </p>
        <div className="blind-pair">
          {pair.map((id, place) => (
            <label key={place === 0 ? 'first' : 'second'}>
              <span className="small muted">{place === 0 ? 'Compare' : 'with'}</span>
              <select className="field" value={id} onChange={({ target }) => choose(place, target.value)}>
                {encoders.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
        <p className="small muted">Both are searched as the page does now: {viewedWords('', view) || 'plain'}.</p>
        {current && how === 'on' && (
          <p className="small">
            You have answered {current.answers.length} of {current.goal}.
          </p>
        )}
        {stored && how !== 'on' && (
          <p className="small">
            {stored === current ? 'Last time: ' : 'Before one of them was trained again: '}
            {unbroken(
              outcomeWords(blindOutcome(stored), [nameOf(stored.encoders[0].id), nameOf(stored.encoders[1].id)]),
            )}
          </p>
        )}
      </div>
      <div className="dialog-foot">
        {current && (
          <button type="button" className="button" onClick={() => beginBlindTest(pair, 'anew')}>
            Begin anew
          </button>
        )}
        <button ref={focusAtOnce} type="button" className="button primary" onClick={() => beginBlindTest(pair, how)}>
          {words}
        </button>
      </div>
    </>
  );
}
