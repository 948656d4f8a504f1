import { useLookalike, usePicture, useSelected } from '../../app/store/hooks';
import type { OutsidePicture } from '../../app/store/slices';
import { currentDataset } from '../../app/store/store';
import { bytes } from '../../core/amounts';
import { Icon } from '../../widgets/Icon';
import { RegionPicture } from '../../widgets/RegionPicture';

/** A picture from outside whose like are sought, or a part of a picture. */
export function OutsideQuery({ picture }: { picture: OutsidePicture }) {
  const { store, actions, tellCause } = useLookalike();
  const dataset = useSelected(currentDataset);
  const importing = useSelected(({ library }) => library.importing !== null);
  const { part, file } = picture;
  const row = typeof part?.of === 'number' ? part.of : null;
  const whole = usePicture(row);
  const url = part ? (typeof part.of === 'number' ? whole?.url : part.of.url) : picture.url;
  const add = async (): Promise<void> => {
    if (!dataset) return;
    await actions.importFiles([{ path: picture.name, file: file as File }], { into: dataset.id });
    const after = currentDataset(store.getState());
    // It may have been refused, which is told.
    if (after?.id === dataset.id && after.count > dataset.count) actions.select(dataset.count);
  };
  return (
    <div className="query">
      <div className="query-picture">
        {url && (
          <RegionPicture
            key={url}
            src={url}
            alt={`Query: ${picture.name}`}
            region={part?.region ?? null}
            onRegion={actions.findPart}
          />
        )}
      </div>
      <div className="query-words">
        <p className="query-path">
          <bdi>{picture.name}</bdi>
        </p>
        <p className="small muted">{part ? 'Drag on the picture for another part.' : bytes(file.size)}</p>
        {!part && <p className="small muted">Not in this collection.</p>}
        <div className="query-deeds">
          {row !== null && (
            <button type="button" className="button" onClick={() => actions.select(row)}>
              <Icon name="look" />
              Whole picture
            </button>
          )}
          {!part && dataset && (
            <button type="button" className="button" disabled={importing} onClick={() => void add().catch(tellCause)}>
              <Icon name="plus" />
              Add to collection
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
