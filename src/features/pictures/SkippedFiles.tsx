import { useDeferredValue, useState } from 'react';
import { useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { bytes, count, counted } from '../../core/amounts';
import { writeCsv } from '../../core/formats/csv';
import type { Refusal } from '../../core/records';
import { download, fileName } from '../../widgets/download';

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

/** Files that could not be taken in: how many, and each with its reason when it is asked for. Nothing is left out in silence. */
export function SkippedFiles() {
  const refusals = useDeferredValue(useSelected(({ library }) => library.refusals));
  const name = useSelected((state) => currentDataset(state)?.name ?? '');
  const [open, setOpen] = useState(false);
  if (refusals.length === 0) return null;
  const save = (): void => download(`${fileName(name)}-skipped.csv`, asCsv(refusals));
  return (
    <section className="skipped small" aria-label="Skipped files">
      <p className="skipped-line">
        <span className="muted">{counted(refusals.length, 'file')} skipped</span>
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Show'}
        </button>
        {open && (
          <button type="button" className="link" onClick={save}>
            Save list
          </button>
        )}
      </p>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing that Tab could reach.
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
      )}
    </section>
  );
}
