import { useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { Found } from './Found';
import { LabelChoice } from './LabelChoice';
import { useSearched } from './searched';
import { Waiting } from './Waiting';

/** Pictures whose neighbours agree on another label. */
export function MislabelledPictures() {
  const { mislabelled } = useActions();
  const searched = useSearched();
  const columns = useSelected(({ browse }) => browse.columns);
  const classes = columns.filter(({ kind }) => kind === 'class');
  const into = useSelected(({ labels }) => labels.into);
  const [chosen, setChosen] = useState(into);
  const column = (classes.find(({ name }) => name === chosen) ?? classes[0])?.name ?? '';
  const version = useSelected(({ tests }) => tests.version);
  const { answer, failed, share } = useAnswer(
    searched && column ? (signal, onProgress) => mislabelled(column, signal, onProgress) : null,
    searched && `${searched} ${column} ${version}`,
  );
  if (!column) return <p className="pictures-none muted">No picture has a label yet.</p>;
  if (!answer) return <Waiting failed={failed} searched={searched} share={share} />;
  return (
    <Found
      label="Pictures that may be mislabelled"
      rows={answer.map(({ row }) => row)}
      noteOf={(index) => `${answer[index].label}?`}
    >
      <LabelChoice columns={classes} chosen={column} onChoose={setChosen} />
      <span className="muted" role="status">
        {answer.length === 0
          ? 'Every picture has the label of its neighbours.'
          : 'On each picture: the label that its neighbours have.'}
      </span>
    </Found>
  );
}
