import type { ReactNode } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { Neighbours } from './Neighbours';
import { QueryPicture } from './QueryPicture';
import { SearchOptions } from './SearchOptions';

/** The chosen picture, and those most like it. `labelThis`: gives it a label. */
export function Similar({ labelThis }: { labelThis: ReactNode }) {
  const { select, selectBefore } = useActions();
  const { row, before } = useSelected(({ similar }) => similar);
  if (row === null) return null;
  return (
    <section className="similar" aria-label="Similar pictures">
      <header className="similar-head">
        {before.length > 0 && (
          <button type="button" className="button quiet" onClick={selectBefore}>
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
      <QueryPicture row={row} labelThis={labelThis} />
      <Neighbours key={row} query={row} options={<SearchOptions />} />
    </section>
  );
}
