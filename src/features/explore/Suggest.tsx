import { useMemo, useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { count, counted } from '../../core/amounts';
import { classNumbers } from '../../core/labels/column';
import { Found } from './Found';
import { LabelChoice } from './LabelChoice';
import { useSearched } from './searched';
import { Threshold } from './Threshold';
import { Waiting } from './Waiting';

/** What a tile offers of a suggestion. */
const PLACES = [
  { key: '+', sign: '✓', title: 'Accept (+)' },
  { key: '-', sign: '×', title: 'Not this label (−)' },
] as const;
/** Votes that are suggested at first: about as many of them are right. */
const CONFIDENT = 0.7;

/** Labels for the pictures that have none, by the nearest that have one. Nothing is stored until it is accepted. */
export function Suggest() {
  const { suggest, giveLabels, pickRows, browse } = useActions();
  const searched = useSearched();
  const { columns, into, picking, busy } = useSelected(({ labels }) => labels);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const [chosen, setChosen] = useState(into);
  const column =
    classes.find(({ name }) => name === chosen) ?? classes.find(({ values }) => values.some((value) => value === null));
  const version = useSelected(({ tests }) => tests.version);
  const { answer, failed } = useAnswer(
    searched && column ? (signal) => suggest(column.name, signal) : null,
    searched && `${searched} ${column?.name} ${version}`,
  );
  const [least, setLeast] = useState(CONFIDENT);
  const [only, setOnly] = useState<string | null>(null);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const likely = useMemo(
    () => (answer ?? []).filter(({ row, label, confidence }) => confidence >= least && !refused.has(`${row} ${label}`)),
    [answer, least, refused],
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
  if (!column || classNumbers(column).names.length < 2)
    return (
      <p className="pictures-none muted">
        Label a few pictures of at least two kinds; then labels for all others are suggested here.{' '}
        <button type="button" className="link" onClick={() => browse({ mode: 'tidy', tidy: 'diverse' })}>
          Begin with a diverse sample
        </button>
      </p>
    );
  if (!answer) return <Waiting failed={failed} searched={searched} />;
  const selected = new Set(picking);
  const accepted = selected.size > 0 ? shown.filter(({ row }) => selected.has(row)) : shown;
  const accept = (some: typeof shown): void => {
    if (picking) pickRows([]);
    void giveLabels(
      column.name,
      some.map(({ row }) => row),
      some.map(({ label }) => label),
    );
  };
  return (
    <>
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
      <Found
        label="Suggested labels"
        rows={rows}
        noteOf={(index) => `${shown[index].label} ${shown[index].confidence.toFixed(2)}`}
        places={PLACES}
        onKey={(key, index) => {
          const { row, label } = shown[index];
          if (key === '+') accept([shown[index]]);
          if (key === '-') setRefused(new Set(refused).add(`${row} ${label}`));
        }}
        button={
          <button
            type="button"
            className="button primary"
            disabled={accepted.length === 0 || busy}
            onClick={() => accept(accepted)}
          >
            Accept {selected.size > 0 ? `${count(accepted.length)} selected` : count(accepted.length)}
          </button>
        }
      >
        {classes.length > 1 && <LabelChoice columns={classes} chosen={column.name} onChoose={setChosen} />}
        <Threshold
          words="Confidence"
          title="The least that is shown. Of those above 0.70 about 7 in 10 are right, or more, where each kind has examples"
          least={least}
          onChange={setLeast}
        />
        <span className="muted" role="status">
          {answer.length === 0
            ? 'Every picture has a label.'
            : `${count(likely.length)} of ${counted(answer.length, 'picture')} without a label. None is labelled until you accept.`}
        </span>
      </Found>
    </>
  );
}
