import { type ReactNode, useState } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { PictureOption } from '../../app/pictures/PictureOption';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset, searchView } from '../../app/store/store';
import { count, counted } from '../../core/amounts';
import { viewedWords, viewOf } from '../../core/search_view';
import { keptCount } from '../../core/set_aside';
import { Icon } from '../../widgets/Icon';
import { Term } from '../../widgets/Term';
import { TileList } from '../../widgets/TileList';
import { similarityWords } from './similarity';
import { WhySimilar } from './WhySimilar';

const SCALE =
  'The number on a picture is its similarity: the cosine of the two embeddings. 1 is the same picture to the model; 0 has nothing in common with it.';

const PLACES = [
  { key: '+', sign: '+', title: 'More like this (+)' },
  { key: '-', sign: '−', title: 'Less like this (−)' },
] as const;

/** The neighbours, or places held free for them. */
export function Neighbours({ options }: { options: ReactNode }) {
  const { search, select, addExample, pinProbe, askWhy } = useActions();
  const { query, row: one, result, searching, failed, count: wanted } = useSelected(({ similar }) => similar);
  /** The neighbour whose similarity to the one picture is explained; while there is one, choosing another explains that. */
  const [asked, setAsked] = useState<{ query: unknown; row: number } | null>(null);
  const explained = asked?.query === query ? asked.row : null;
  const dataset = useSelected(currentDataset);
  const message = useSelected(({ training, background }) => training.message || background?.message);
  const device = useSelected((state) => state.device.report !== null);
  const total = dataset ? keptCount(dataset) : 0;
  if (total < 2) return <Nothing>There is no other picture to compare it with.</Nothing>;
  if (failed)
    return (
      <Nothing>
        This search failed.{' '}
        <button type="button" className="button" onClick={() => search(query)}>
          Search again
        </button>
      </Nothing>
    );
  if (!result && !searching)
    return (
      <Nothing>
        This picture has no embedding yet{message ? `. ${message}.` : ': it is made as soon as the device is ready.'}
      </Nothing>
    );
  const neighbours = result?.neighbours ?? [];
  const explain = (index: number): void => {
    setAsked({ query, row: neighbours[index].row });
    askWhy(neighbours[index].row);
  };
  const onKey = (key: string, index: number): void => {
    if (key.toLowerCase() === 'p') pinProbe(neighbours[index].row);
    if (key.toLowerCase() === 'w' && device && one !== null) explain(index);
    if (key === '+' || key === '-') addExample(neighbours[index].row, key === '-');
  };
  return (
    <>
      <div className="why-bar">
        {one !== null && (
          <button
            type="button"
            className="button"
            aria-pressed={explained !== null}
            disabled={neighbours.length === 0 || (!device && explained === null)}
            onClick={() => (explained === null ? explain(0) : setAsked(null))}
          >
            <Icon name="look" />
            Why similar?
          </button>
        )}
        {explained === null || searching ? (
          <About total={total} />
        ) : (
          <p className="similar-about small muted">Choose a neighbour to explain that one.</p>
        )}
        {options}
      </div>
      {explained !== null && <WhySimilar neighbour={explained} />}
      {result ? (
        <TileList
          label="Similar pictures"
          count={neighbours.length}
          busy={searching}
          onChoose={(index) => (explained === null ? select(neighbours[index].row) : explain(index))}
          onKey={onKey}
        >
          {(index, active) => {
            const { row, similarity } = neighbours[index];
            return (
              <PictureOption
                // By place, so that the tile that was chosen keeps the focus when the answer comes.
                key={index}
                row={row}
                index={index}
                active={active}
                selected={row === explained}
                pinned={dataset?.pins.includes(row) ?? false}
                of={neighbours.length}
                rank={index + 1}
                score={similarity.toFixed(2).replace(/^-(?=0\.00$)/, '')}
                hint={similarityWords(similarity)}
                places={PLACES}
              />
            );
          }}
        </TileList>
      ) : (
        <div className="tile-list" aria-hidden="true">
          {Array.from({ length: Math.min(wanted, Math.max(0, total - 1)) }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty places have nothing but their place.
            <div key={place} className="tile" />
          ))}
        </div>
      )}
    </>
  );
}

/** Whose neighbours they are, in one line. */
function About({ total }: { total: number }) {
  const { searchBy } = useActions();
  const { result, searching, grouping } = useSelected(({ similar }) => similar);
  const view = useSelected(searchView);
  const { encoders } = useEncoders();
  if (searching && grouping > 0)
    return (
      <p className="similar-about small muted">
        Grouping look-alikes <progress aria-label="Grouping look-alikes" value={grouping} />{' '}
        <button type="button" className="link" onClick={() => searchBy({ grouped: false })}>
          Cancel
        </button>
      </p>
    );
  if (!result) return <p className="similar-about small muted">Searching …</p>;
  const { encoder, step, about, among } = result;
  const name = encoders.find(({ id }) => id === encoder)?.name ?? about;
  const title =
    encoder === 'untrained' ? `${name}, before any training` : step > 0 ? `${name} at step ${count(step)}` : name;
  return (
    <p className="similar-about small muted" aria-live="polite">
      Nearest by {viewedWords(title, viewOf(view, among))}, among {among < total && `the first ${count(among)} of `}
      {counted(total, 'picture')}
      {among < total && ' so far'}. <Term definition={SCALE}>Similarity</Term>
    </p>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="empty">
      <Icon name="info" />
      <span>{children}</span>
    </p>
  );
}
