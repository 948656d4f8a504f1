import { useActions, usePicture, useSelected } from '../state/hooks';
import { count } from '../widgets/amounts';
import { Panel } from '../widgets/Panel';
import { Pixels } from '../widgets/Pixels';

/** Pictures of a step that are shown; a batch may be larger. */
const SHOWN = 12;

/** What the encoders see: the two views of each picture of the step, pixel by pixel. */
export function Views() {
  const { on, latest } = useSelected((state) => state.views);
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
          Every step shows the encoder two views of each picture, cropped and coloured by chance: they are all it learns
          from.
        </p>
      )}
      {on && !latest && <p className="muted">They appear with the next step.</p>}
      {on && latest && (
        <>
          <p className="small muted">
            Step {count(latest.step)}: picture, query view, key view. {latest.side} x {latest.side} pixels.
          </p>
          <ul className="view-pairs">
            {latest.rows.slice(0, SHOWN).map((row, i) => (
              <ViewPair
                key={row}
                row={row}
                side={latest.side}
                query={nth(latest.query, i, latest.side)}
                picked={nth(latest.key, i, latest.side)}
              />
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

const nth = (views: Uint8ClampedArray, i: number, side: number): Uint8ClampedArray =>
  views.subarray(i * side * side * 4, (i + 1) * side * side * 4);

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
