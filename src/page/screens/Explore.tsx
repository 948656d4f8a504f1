import { useSelected } from '../../app/store/hooks';
import { LabelBar } from '../../features/labels/LabelBar';
import { Labels } from '../../features/labels/Labels';
import { Pictures } from '../../features/pictures/Pictures';
import { SkippedFiles } from '../../features/pictures/SkippedFiles';
import { Similar } from '../../features/search/Similar';

/** All pictures, and beside them the ones like the chosen one. */
export function Explore() {
  const open = useSelected(({ similar }) => similar.row !== null);
  return (
    <div className={open ? 'explore open' : 'explore'}>
      <div className="explore-grid">
        <Pictures labelBar={<LabelBar />} labelList={<Labels />} />
        <SkippedFiles />
      </div>
      {open && (
        <aside className="explore-drawer">
          <Similar />
        </aside>
      )}
    </div>
  );
}
