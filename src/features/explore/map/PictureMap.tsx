import { type ReactNode, useMemo, useState } from 'react';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { count } from '../../../core/amounts';
import { COMPARED } from '../../../core/compared';
import { colour } from '../../../widgets/colours';
import { Icon } from '../../../widgets/Icon';
import { useSearched } from '../searched';
import { Waiting } from '../Waiting';
import { clusterColumn } from './clusterColumn';
import { MapCanvas, type MapTool } from './MapCanvas';
import { COLOURED, pointColours } from './pointColours';
import { SaveMap } from './SaveMap';
import { similarityColours } from './similarityColours';
import '../explore.css';

/** No label column is called so. */
const SIMILARITY = '\n';
const CLUSTERS = '\n\n';

const TOOLS: readonly { name: string; icon: MapTool; title: string }[] = [
  { name: 'Lasso', icon: 'lasso', title: 'Draw around pictures to select them (Shift and drag)' },
  { name: 'Rectangle', icon: 'rectangle', title: 'Select the pictures in a rectangle' },
];

/** All pictures in the plane, similar ones together, coloured by a label, cluster or similarity. */
export function PictureMap({ modes, selection }: { modes: ReactNode; selection: ReactNode }) {
  const { map, similarities, clusters } = useActions();
  const { query, past, row } = useSelected(({ similar }) => similar);
  const searched = useSearched();
  const columns = useSelected(({ browse }) => browse.columns);
  const [chosen, setChosen] = useState<string | null>(null);
  const [tool, setTool] = useState<MapTool | null>(null);
  const { answer, failed, share } = useAnswer(searched ? map : null, searched);
  const setAside = useSelected((state) => currentDataset(state)?.setAside);
  const aside = useSelected(({ browse }) => browse.aside);
  const points = useMemo(() => {
    const placed = answer?.slice() ?? null;
    // Nowhere: not drawn, not under the pointer, within no line.
    if (placed && !aside) for (const row of setAside ?? []) placed.fill(Number.NaN, 2 * row, 2 * row + 2);
    return placed;
  }, [answer, setAside, aside]);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const bySimilarity = chosen === SIMILARITY && query.length > 0;
  const { answer: scores } = useAnswer(
    bySimilarity ? similarities : null,
    bySimilarity ? `${searched} ${row} ${past.findIndex((one) => one.query === query)}` : '',
  );
  const byCluster = chosen === CLUSTERS;
  const { answer: grouped } = useAnswer(
    byCluster && searched ? (signal) => clusters(COLOURED, signal) : null,
    byCluster ? searched : '',
  );
  const column = useMemo(() => {
    if (chosen === '' || bySimilarity) return undefined;
    const labelled = columns.filter(({ kind }) => kind === 'class');
    if (!byCluster) return labelled.find(({ name }) => name === chosen) ?? labelled[0];
    return grouped && answer ? clusterColumn(grouped, answer.length / 2, labelled[0]) : undefined;
  }, [chosen, bySimilarity, byCluster, columns, grouped, answer]);
  const colours = useMemo(
    () => (scores ? similarityColours(scores) : pointColours(column, colour('--accent'))),
    [column, scores],
  );
  return (
    <section className="pictures" aria-label="Map">
      <div className="pictures-bar">
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
          <label className="sort-choice">
            <span className="muted">Colour</span>
            <select
              className="field"
              aria-label="Colour"
              value={bySimilarity || byCluster ? chosen : (column?.name ?? '')}
              onChange={(event) => setChosen(event.target.value)}
            >
              <option value="">None</option>
              <option value={CLUSTERS}>Clusters</option>
              <option value={SIMILARITY} disabled={query.length === 0}>
                Similarity to the search
              </option>
              {classes.map(({ name }) => (
                <option key={name} value={name}>
                  {name === 'folder' ? 'Folder' : name}
                </option>
              ))}
            </select>
          </label>
          {TOOLS.map(({ name, icon, title }) => (
            <button
              key={icon}
              type="button"
              className="button map-tool"
              aria-label={name}
              aria-pressed={tool === icon}
              title={title}
              onClick={() => setTool(tool === icon ? null : icon)}
            >
              <Icon name={icon} />
              <span>{name}</span>
            </button>
          ))}
          {points && <SaveMap points={points} colours={colours} />}
        </div>
        {selection}
      </div>
      {answer && points ? (
        <>
          <MapCanvas placed={answer} points={points} colours={colours} tool={tool} />
          {answer.length > 2 * COMPARED && (
            <p className="small muted">
              {count(COMPARED)} of the {count(answer.length / 2)} pictures are placed by UMAP, each of the others beside
              the most similar of them.
            </p>
          )}
        </>
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
