import type { ReactNode } from 'react';
import { useActions, usePicture, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { bytes, count } from '../../core/amounts';
import { Icon } from '../../widgets/Icon';
import { RegionPicture } from '../../widgets/RegionPicture';

/** The picture whose like are sought, large, with what is known of it and what can be done with it. */
export function QueryPicture({ row, deeds }: { row: number; deeds: ReactNode }) {
  const { pinProbe, findPart, view } = useActions();
  const picture = usePicture(row);
  const pinned = useSelected((state) => currentDataset(state)?.pins.includes(row) ?? false);
  const columns = useSelected(({ browse }) => browse.columns);
  const labels = new Map(columns.map(({ name, values }) => [values[row] ?? null, name]));
  labels.delete(null);
  return (
    <div className="query">
      <div className="query-picture">
        {picture && (
          <RegionPicture
            key={picture.url}
            src={picture.url}
            alt={`Query: ${picture.path}`}
            region={null}
            onRegion={findPart}
          />
        )}
      </div>
      <div className="query-words">
        <p className="query-path">
          <bdi>{picture?.path ?? '…'}</bdi>
        </p>
        {picture && (
          <p className="small muted">
            {count(picture.width)} × {count(picture.height)} · {bytes(picture.fileBytes)}
            <br />
            Drag on the picture to search for a part of it.
          </p>
        )}
        {labels.size > 0 && (
          <ul className="query-labels small" aria-label="Labels">
            {[...labels].map(([value, name]) => (
              <li key={name} className="label" title={name}>
                <bdi>{value}</bdi>
              </li>
            ))}
          </ul>
        )}
        {picture && picture.copies.length > 0 && (
          <p className="query-copies small muted" title={picture.copies.join('\n')}>
            Same file as <bdi>{picture.copies[0]}</bdi>
            {picture.copies.length > 1 && ` and ${count(picture.copies.length - 1)} more`}
          </p>
        )}
        <div className="query-deeds">
          <button type="button" className="button" title="Enlarge" onClick={() => view(row)}>
            <Icon name="fit" />
            <span className="deed-words">Enlarge</span>
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={pinned}
            title="Watch its neighbours while a model trains"
            onClick={() => pinProbe(row)}
          >
            <Icon name="pin" />
            <span className="deed-words">{pinned ? 'Pinned' : 'Pin'}</span>
          </button>
          {deeds}
        </div>
      </div>
    </div>
  );
}
