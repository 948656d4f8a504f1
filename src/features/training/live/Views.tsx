import { nthPicture } from '../../../app/pictures/nthPicture';
import { useActions, usePicture, useSelected } from '../../../app/store/hooks';
import { count } from '../../../core/amounts';
import { reconstructs } from '../../../core/methods';
import { Panel } from '../../../widgets/Panel';
import { Pixels } from '../../../widgets/Pixels';

/** Pictures of a step that are shown; a batch may be larger. */
const SHOWN = 12;

/** What the encoders see: the two views of each picture of the step, pixel by pixel. */
export function Views() {
  const { on, latest } = useSelected((state) => state.views);
  const gives = useSelected(({ training }) => training.run !== null && reconstructs(training.run.config.method));
  const actions = useActions();
  const toggle = (
    <label className="check">
      <input type="checkbox" checked={on} onChange={({ target }) => actions.showViews(target.checked)} />
      Show them
    </label>
  );
  return (
    <Panel title="Views of this step" className="views" actions={toggle}>
      {!on && (
        <p className="muted">
          {gives
            ? 'Every step shows the encoder one view of each picture, lightly cropped and flipped by chance, to be given back.'
            : 'Every step shows the encoder two views of each picture, cropped and coloured by chance: they are all it learns from.'}
        </p>
      )}
      {on && !latest && <p className="muted">They appear with the next step.</p>}
      {on && latest && (
        <>
          <p className="small muted">
            Step {count(latest.step)}: picture,{' '}
            {gives ? 'what the encoder is shown, what it is to give back' : 'query view, key view'}. {latest.side} x{' '}
            {latest.side} pixels.
          </p>
          <ul className="view-pairs">
            {latest.rows.slice(0, SHOWN).map((row, i) => (
              <ViewPair
                // By place: the next step has other pictures, and canvases made anew for them cost the page long pauses.
                // biome-ignore lint/suspicious/noArrayIndexKey: a place keeps nothing of the picture that was there before.
                key={i}
                row={row}
                side={latest.side}
                query={nthPicture(latest.query, i, latest.side)}
                picked={nthPicture(latest.key, i, latest.side)}
              />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

interface ViewPairProps {
  row: number;
  side: number;
  query: Uint8ClampedArray;
  /** The key view. */
  picked: Uint8ClampedArray;
}

function ViewPair({ row, side, query, picked }: ViewPairProps) {
  const picture = usePicture(row);
  const name = picture?.path ?? `picture ${row}`;
  return (
    <li className="view-pair" title={name}>
      {picture && !picture.damaged ? <img src={picture.url} alt={name} /> : <span className="pixels" />}
      <Pixels label={`Query view of ${name}`} side={side} pixels={query} />
      <Pixels label={`Key view of ${name}`} side={side} pixels={picked} />
    </li>
  );
}
