import { useDeferredValue } from 'react';
import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { bytes, count } from '../../core/amounts';
import { writeCsv } from '../../core/formats/csv';
import type { Refusal } from '../../core/records';
import { download, fileName } from '../../widgets/download';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';

/** Rows on the page; the saved list has them all. */
const SHOWN = 200;

const asCsv = (refusals: Refusal[]): Blob =>
  new Blob(
    [
      writeCsv(
        ['path', 'bytes', 'reason'],
        refusals.map(({ path, fileBytes, reason }) => [path, fileBytes, reason]),
      ),
    ],
    { type: 'text/csv;charset=utf-8' },
  );

/** Files that could not be taken in, each with its reason. Nothing is left out in silence. */
export function SkippedFiles() {
  const refusals = useDeferredValue(useSelected(({ library }) => library.refusals));
  const name = useSelected((state) => currentDataset(state)?.name ?? '');
  if (refusals.length === 0) return null;
  const save = (): void => download(`${fileName(name)}-skipped.csv`, asCsv(refusals));
  return (
    <Panel
      title="Skipped files"
      className="skipped"
      actions={
        <>
          <span className="small muted">{count(refusals.length)}</span>
          <button type="button" className="button" onClick={save}>
            <Icon name="save" />
            Save list
          </button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing that Tab could reach. */}
      <ul className="skipped-list" tabIndex={0} aria-label="Skipped files and reasons">
        {refusals.slice(0, SHOWN).map(({ path, fileBytes, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows, and a path may be in it twice.
          <li key={index}>
            <bdi className="skipped-path" title={path}>
              {path}
            </bdi>
            <span className="muted">{bytes(fileBytes)}</span>
            <bdi className="skipped-reason">{reason}</bdi>
          </li>
        ))}
        {refusals.length > SHOWN && (
          <li className="muted">and {count(refusals.length - SHOWN)} more: “Save list” has them all.</li>
        )}
      </ul>
    </Panel>
  );
}
