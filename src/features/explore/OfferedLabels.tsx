import { useMemo, useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { count } from '../../core/amounts';
import type { LabelColumn } from '../../core/labels/column';
import type { LabelSuggestion } from '../../protocol/searching';
import { Found } from './Found';
import { LabelChoice } from './LabelChoice';
import { Threshold } from './Threshold';

/** What a tile offers of a suggestion. */
const PLACES = [
  { key: '+', sign: '✓', title: 'Accept (+)' },
  { key: '-', sign: '×', title: 'Not this label (−)' },
] as const;
/** Votes that are suggested at first: about as many of them are right. */
const CONFIDENT = 0.7;

interface OfferedLabelsProps {
  label: string;
  offers: readonly LabelSuggestion[];
  columns: readonly LabelColumn[];
  chosen: string;
  onChoose(column: string): void;
  /** What the threshold means. */
  title: string;
  /** What is said of so many that are shown. */
  status(shown: number): string;
  /** The label that a picture has, where the one that is offered would replace it. */
  now?(row: number): string | number | null;
  onAccept(accepted: readonly LabelSuggestion[]): void;
}

/** Labels that neighbours suggest, above a threshold, which are accepted one by one or all. Nothing is stored until then. */
export function OfferedLabels({
  label,
  offers,
  columns,
  chosen,
  onChoose,
  title,
  status,
  now,
  onAccept,
}: OfferedLabelsProps) {
  const { pickRows } = useActions();
  const { picking, busy } = useSelected(({ labels }) => labels);
  const [least, setLeast] = useState(CONFIDENT);
  const [only, setOnly] = useState<string | null>(null);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const likely = useMemo(
    () => offers.filter(({ row, label, confidence }) => confidence >= least && !refused.has(`${row} ${label}`)),
    [offers, least, refused],
  );
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { label } of likely) found.set(label, (found.get(label) ?? 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1]);
  }, [likely]);
  const shownClass = counts.some(([name]) => name === only) ? only : null;
  const shown = useMemo(() => {
    const place = new Map(counts.map(([name], at) => [name, at]));
    return likely
      .filter(({ label }) => shownClass === null || label === shownClass)
      .sort((a, b) => (place.get(a.label) ?? 0) - (place.get(b.label) ?? 0));
  }, [likely, counts, shownClass]);
  const rows = useMemo(() => shown.map(({ row }) => row), [shown]);
  const selected = new Set(picking);
  const accepted = selected.size > 0 ? shown.filter(({ row }) => selected.has(row)) : shown;
  const accept = (some: readonly LabelSuggestion[]): void => {
    if (picking) pickRows([]);
    onAccept(some);
  };
  return (
    <>
      {counts.length > 1 && (
        <div className="chips tidy-classes">
          {[[null, likely.length] as const, ...counts].map(([name, pictures]) => (
            <button
              key={name ?? ''}
              type="button"
              className="chip"
              aria-pressed={name === shownClass}
              onClick={() => setOnly(name)}
            >
              <bdi className="ellipsis">{name ?? 'All'}</bdi> <span className="chip-count">{count(pictures)}</span>
            </button>
          ))}
        </div>
      )}
      <Found
        label={label}
        rows={rows}
        noteOf={(index) => {
          const { row, label, confidence } = shown[index];
          return `${now ? `${now(row)} → ` : ''}${label} ${confidence.toFixed(2)}`;
        }}
        places={PLACES}
        onKey={(key, index) => {
          const { row, label } = shown[index];
          if (key === '+') accept([shown[index]]);
          if (key === '-') setRefused(new Set(refused).add(`${row} ${label}`));
        }}
        button={
          <button
            type="button"
            className={now ? 'button' : 'button primary'}
            disabled={accepted.length === 0 || busy}
            onClick={() => accept(accepted)}
          >
            Accept {selected.size > 0 ? `${count(accepted.length)} selected` : count(accepted.length)}
          </button>
        }
      >
        {columns.length > 1 && <LabelChoice columns={columns} chosen={chosen} onChoose={onChoose} />}
        <Threshold words="Confidence" title={title} least={least} onChange={setLeast} />
        <span className="muted" role="status">
          {status(likely.length)}
        </span>
      </Found>
    </>
  );
}
