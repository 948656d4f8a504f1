import { useActions, usePicture, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { bytes, count } from '../../widgets/amounts';
import { Icon } from '../../widgets/Icon';

/** The picture whose like are sought, with what is known of it. */
export function QueryPicture({ row }: { row: number }) {
  const { pinProbe } = useActions();
  const picture = usePicture(row);
  const pinned = useSelected((state) => currentDataset(state)?.pins.includes(row) ?? false);
  return (
    <div className="query">
      <div className="query-picture">{picture && <img src={picture.url} alt={`Query: ${picture.path}`} />}</div>
      <div className="query-words">
        <p className="query-path">
          <bdi>{picture?.path ?? '…'}</bdi>
        </p>
        <p className="small muted">
          {picture && (
            <>
              {picture.label !== null && (
                <>
                  <bdi className="label">{picture.label}</bdi>{' '}
                </>
              )}
              {count(picture.width)} × {count(picture.height)} · {bytes(picture.fileBytes)}
            </>
          )}
        </p>
        {picture && picture.copies.length > 0 && (
          <p className="query-copies small muted" title={picture.copies.join('\n')}>
            Same file as <bdi>{picture.copies[0]}</bdi>
            {picture.copies.length > 1 && ` and ${count(picture.copies.length - 1)} more`}
          </p>
        )}
        <button type="button" className="button" aria-pressed={pinned} onClick={() => pinProbe(row)}>
          <Icon name="pin" />
          {pinned ? 'Pinned as probe' : 'Pin as probe'}
        </button>
      </div>
    </div>
  );
}
