import { useActions, usePicture } from '../../app/store/hooks';
import type { QueryExample } from '../../app/store/slices';
import { counted } from '../../core/amounts';
import { Icon } from '../../widgets/Icon';

/** The examples of a query as chips: a click turns one into its opposite, the cross takes it out. */
export function Examples({ query }: { query: readonly QueryExample[] }) {
  const { search } = useActions();
  return (
    <ul className="examples" aria-label="Examples">
      {query.map((example, place) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: an example is its place.
          key={place}
          example={example}
          onFlip={() => search(query.map((one) => (one === example ? { ...one, unlike: !one.unlike } : one)))}
          onTakeOut={() => search(query.filter((one) => one !== example))}
        />
      ))}
    </ul>
  );
}

interface ChipProps {
  example: QueryExample;
  onFlip(): void;
  onTakeOut(): void;
}

function Chip({ example, onFlip, onTakeOut }: ChipProps) {
  const { unlike } = example;
  const rows = 'rows' in example ? example.rows : [];
  const picture = usePicture(rows[0] ?? null);
  const [name, url] =
    'outside' in example ? [example.outside.name, example.outside.url] : [picture?.path, picture?.url];
  const title = rows.length > 1 ? counted(rows.length, 'picture') : (name ?? '…');
  return (
    <li className={unlike ? 'example unlike' : 'example'}>
      <button
        type="button"
        className="example-flip"
        aria-label={`${unlike ? 'Less' : 'More'} like ${title}`}
        title={`${title}\nClick for ${unlike ? 'more' : 'less'} like this`}
        onClick={onFlip}
      >
        {url && <img src={url} alt="" />}
        <span className="example-sign" aria-hidden="true">
          {unlike ? '−' : '+'}
        </span>
        {rows.length > 1 && <span className="example-count">{rows.length}</span>}
      </button>
      <button
        type="button"
        className="example-out"
        aria-label={`Take out ${title}`}
        title="Take out"
        onClick={onTakeOut}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
