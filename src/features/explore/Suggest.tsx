import { useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { count, counted } from '../../core/amounts';
import { classNumbers } from '../../core/labels/column';
import { OfferedLabels } from './OfferedLabels';
import { useSearched } from './searched';
import { Waiting } from './Waiting';

/** Labels for the pictures that have none, by the nearest that have one. */
export function Suggest() {
  const { suggest, giveLabels, browse } = useActions();
  const searched = useSearched();
  const { columns, into } = useSelected(({ labels }) => labels);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const [chosen, setChosen] = useState(into);
  const column =
    classes.find(({ name }) => name === chosen) ?? classes.find(({ values }) => values.some((value) => value === null));
  const version = useSelected(({ tests }) => tests.version);
  const { answer, failed } = useAnswer(
    searched && column ? (signal) => suggest(column.name, signal) : null,
    searched && `${searched} ${column?.name} ${version}`,
  );
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
  return (
    <OfferedLabels
      label="Suggested labels"
      offers={answer}
      columns={classes}
      chosen={column.name}
      onChoose={setChosen}
      title="The least that is shown. Of those above 0.70 at least 7 in 10 are right, where each kind has examples"
      status={(shown) =>
        answer.length === 0
          ? 'Every picture has a label.'
          : `${count(shown)} of ${counted(answer.length, 'picture')} without a label. Look before you accept: kinds that have no label yet may be offered another’s.`
      }
      onAccept={(accepted) =>
        void giveLabels(
          column.name,
          accepted.map(({ row }) => row),
          accepted.map(({ label }) => label),
        )
      }
    />
  );
}
