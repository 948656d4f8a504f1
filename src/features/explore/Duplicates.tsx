import { useMemo, useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count, counted } from '../../core/amounts';
import { similarGroups } from '../../core/similar_groups';
import { Icon } from '../../widgets/Icon';
import { PickableTiles } from './PickableTiles';
import { useSearched } from './searched';
import { Threshold } from './Threshold';
import { useListed } from './useListed';
import { Waiting } from './Waiting';

/** Groups drawn; what is beyond is seen once these are dealt with. */
const DRAWN = 100;

const BEST = { score: 'best', hint: 'the largest of these, of equals the sharpest' };

/** Groups of pictures that are nearly the same, by a threshold, and the largest of each, of these the sharpest. */
export function Duplicates() {
  const { duplicates, setAside } = useActions();
  const searched = useSearched();
  const [least, setLeast] = useState(0.9);
  const copies = useSelected((state) => currentDataset(state)?.duplicates ?? 0);
  const { answer, failed, share } = useAnswer(searched ? duplicates : null, searched);
  const groups = useMemo(() => {
    if (!answer) return [];
    const { pixels, sharpness } = answer;
    const bestFirst = (a: number, b: number): number => pixels[b] - pixels[a] || sharpness[b] - sharpness[a] || a - b;
    return similarGroups(answer, least).map((group) => group.sort(bestFirst));
  }, [answer, least]);
  useListed(groups.slice(0, DRAWN).flat());
  if (!answer) return <Waiting failed={failed} searched={searched} share={share} />;
  const others = groups.flatMap((group) => group.slice(1));
  return (
    <>
      <div className="tidy-bar">
        <Threshold words="Similarity at least" least={least} onChange={setLeast} />
        <span className="muted" role="status">
          {counted(groups.length, 'group')}, {counted(groups.length + others.length, 'picture')}
          {copies > 0 && ` · ${counted(copies, 'exact copy', 'exact copies')} folded at import`}
        </span>
        <button
          type="button"
          className="button"
          disabled={others.length === 0}
          title="Keeps the largest of each group, of equals the sharpest. What is set aside is hidden, not deleted"
          onClick={() => void setAside(others, true)}
        >
          <Icon name="aside" />
          Keep the best, set {count(others.length)} aside
        </button>
      </div>
      {groups.length === 0 && (
        <p className="pictures-none muted">No two pictures are this similar. A lower similarity finds looser groups.</p>
      )}
      <ol className="tidy-groups">
        {groups.slice(0, DRAWN).map((group) => (
          <Group key={group.join()} rows={group} />
        ))}
      </ol>
      {groups.length > DRAWN && <p className="muted">and {count(groups.length - DRAWN)} more groups.</p>}
    </>
  );
}

/** The best of them comes first. */
function Group({ rows }: { rows: readonly number[] }) {
  const { setAside } = useActions();
  return (
    <li>
      <PickableTiles label={`${rows.length} similar pictures`} rows={rows} best={BEST} />
      <button
        type="button"
        className="button"
        title={`Sets the other ${count(rows.length - 1)} aside`}
        onClick={() => void setAside(rows.slice(1), true)}
      >
        Keep the best
      </button>
    </li>
  );
}
