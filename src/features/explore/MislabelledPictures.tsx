import { useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { count, counted } from '../../core/amounts';
import type { LabelColumn } from '../../core/labels/column';
import type { LabelSuggestion } from '../../protocol/searching';
import { OfferedLabels } from './OfferedLabels';
import { useSearched } from './searched';
import { Waiting } from './Waiting';

const labelledIn = ({ values }: LabelColumn): number =>
  values.reduce<number>((n, value) => n + Number(value !== null), 0);

/** Pictures whose neighbours agree on another label, which can be given to them. */
export function MislabelledPictures() {
  const { mislabelled, giveLabels } = useActions();
  const searched = useSearched();
  const columns = useSelected(({ browse }) => browse.columns);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const stored = useSelected(({ labels }) => labels.columns);
  const [chosen, setChosen] = useState('');
  // Where most pictures have a label there is most to find.
  const fullest = classes.toSorted((a, b) => labelledIn(b) - labelledIn(a))[0];
  const column = classes.find(({ name }) => name === chosen) ?? fullest;
  const name = column?.name ?? '';
  const version = useSelected(({ tests }) => tests.version);
  const { answer, failed, share } = useAnswer(
    searched && column ? (signal, onProgress) => mislabelled(name, signal, onProgress) : null,
    searched && `${searched} ${name} ${version}`,
  );
  if (!column) return <p className="pictures-none muted">No picture has a label yet.</p>;
  if (!answer) return <Waiting failed={failed} searched={searched} share={share} />;
  const editable = stored.some((one) => one.name === name);
  const corrected = editable ? name : `${name} corrected`;
  const accept = (accepted: readonly LabelSuggestion[]): void => {
    const labels = new Map(accepted.map(({ row, label }) => [row, label]));
    // What folders say stays; a column of its own begins with all of it.
    if (!stored.some((one) => one.name === corrected))
      for (const [row, value] of column.values.entries())
        if (value !== null && !labels.has(row)) labels.set(row, String(value));
    setChosen(corrected);
    const words = `${counted(accepted.length, 'label')} corrected in “${corrected}”`;
    void giveLabels(corrected, [...labels.keys()], [...labels.values()], words);
  };
  return (
    <OfferedLabels
      label="Pictures that may be mislabelled"
      offers={answer}
      columns={classes}
      chosen={name}
      onChoose={setChosen}
      title="The share of the neighbours that have the other label; the least that is shown"
      status={(shown) =>
        answer.length === 0
          ? `None of ${counted(labelledIn(column), 'labelled picture')} differs from its neighbours.`
          : `${count(shown)} of ${counted(answer.length, 'picture')}, each with the label of its neighbours.${editable ? '' : ` Accepted ones go into “${corrected}”.`}`
      }
      now={(row) => column.values[row]}
      onAccept={accept}
    />
  );
}
