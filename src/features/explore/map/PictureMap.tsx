import { type ReactNode, useMemo, useState } from 'react';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { colour } from '../../../widgets/colours';
import { Icon } from '../../../widgets/Icon';
import { useSearched } from '../searched';
import { Waiting } from '../Waiting';
import { MapCanvas } from './MapCanvas';
import { pointColours } from './pointColours';
import '../explore.css';

/** All pictures in the plane, similar ones together, coloured by a label. */
export function PictureMap({ modes, selection }: { modes: ReactNode; selection: ReactNode }) {
  const { map } = useActions();
  const searched = useSearched();
  const picking = useSelected(({ labels }) => labels.picking !== null);
  const columns = useSelected(({ browse }) => browse.columns);
  const [chosen, setChosen] = useState<string | null>(null);
  const [lassoing, setLassoing] = useState(false);
  const [share, setShare] = useState(0);
  const { answer, failed } = useAnswer(searched ? (signal) => map(setShare, signal) : null, searched);
  const setAside = useSelected((state) => currentDataset(state)?.setAside);
  const aside = useSelected(({ browse }) => browse.aside);
  const points = useMemo(() => {
    const placed = answer?.slice() ?? null;
    // Nowhere: not drawn, not under the pointer, within no line.
    if (placed && !aside) for (const row of setAside ?? []) placed.fill(Number.NaN, 2 * row, 2 * row + 2);
    return placed;
  }, [answer, setAside, aside]);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const column = chosen === '' ? undefined : (classes.find(({ name }) => name === chosen) ?? classes[0]);
  const colours = useMemo(() => pointColours(column, colour('--accent')), [column]);
  return (
    <section className="pictures" aria-label="Map">
      <div className="pictures-bar">
        {picking ? (
          selection
        ) : (
          <>
            {modes}
            <ul className="map-legend small" aria-label="Colours">
              {colours.legend.map(({ name, colour: shown }) => (
                <li key={name}>
                  <span style={{ background: shown }} />
                  <bdi className="ellipsis">{name}</bdi>
                </li>
              ))}
            </ul>
            <div className="pictures-tools">
              {classes.length > 0 && (
                <label className="sort-choice">
                  <span className="muted">Colour</span>
                  <select
                    className="field"
                    value={column?.name ?? ''}
                    onChange={(event) => setChosen(event.target.value)}
                  >
                    <option value="">None</option>
                    {classes.map(({ name }) => (
                      <option key={name} value={name}>
                        {name === 'folder' ? 'Folder' : name}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <button
                type="button"
                className="button"
                aria-pressed={lassoing}
                title="Draw around pictures to select them (Shift and drag)"
                onClick={() => setLassoing(!lassoing)}
              >
                <Icon name="lasso" />
                Lasso
              </button>
            </div>
          </>
        )}
      </div>
      {answer && points ? (
        <MapCanvas placed={answer} points={points} colours={colours} lassoing={lassoing} />
      ) : searched === '' || failed ? (
        <Waiting searched={searched} failed={failed} />
      ) : (
        <label className="map-wait muted">
          Placing similar pictures together …
          <progress value={share} />
        </label>
      )}
    </section>
  );
}
