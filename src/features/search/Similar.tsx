import type { ReactNode } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { Examples } from './Examples';
import { Neighbours } from './Neighbours';
import { OutsideQuery } from './OutsideQuery';
import { QueryPicture } from './QueryPicture';
import { SearchOptions } from './SearchOptions';

/** What is searched for, and the pictures most like it. `deeds`: what else can be done with a picture of the data set; `labels`: those it can be given at once. */
export function Similar({ deeds, labels }: { deeds: ReactNode; labels: ReactNode }) {
  const { select, searchBefore } = useActions();
  const { query, row, depth } = useSelected(({ similar }) => similar);
  const [first] = query;
  if (!first) return null;
  const outside = query.length === 1 && !first.unlike && 'outside' in first ? first.outside : null;
  return (
    <section className="similar" aria-label="Similar pictures">
      <header className="similar-head">
        {depth > 1 && (
          <button type="button" className="button quiet" onClick={searchBefore}>
            <Icon name="back" />
            Back
          </button>
        )}
        <h2>Similar pictures</h2>
        <button
          type="button"
          className="button quiet icon"
          aria-label="Close similar pictures"
          title="Close"
          onClick={() => select(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      {row !== null ? (
        <QueryPicture row={row} deeds={deeds} />
      ) : outside ? (
        <OutsideQuery picture={outside} />
      ) : (
        <Examples query={query} />
      )}
      {labels}
      <Neighbours options={<SearchOptions />} />
    </section>
  );
}
