import { useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { keptCount } from '../../core/set_aside';
import { Found } from './Found';
import { HowMany } from './HowMany';
import { useSearched } from './searched';
import { Waiting } from './Waiting';

/** A sample whose pictures are as unlike each other as can be. */
export function Diverse() {
  const { diverse, browse } = useActions();
  const column = useSelected(({ labels }) => labels.columns.find(({ name }) => name === labels.into));
  const searched = useSearched();
  const dataset = useSelected(currentDataset);
  const total = dataset ? keptCount(dataset) : 0;
  const [wanted, setWanted] = useState(24);
  const { answer, failed } = useAnswer(
    searched ? (signal) => diverse(wanted, signal) : null,
    searched && `${searched} ${wanted}`,
  );
  if (!answer) return <Waiting failed={failed} searched={searched} />;
  return (
    <Found label="A diverse sample" rows={answer} noteOf={(index) => String(column?.values[answer[index]] ?? '')}>
      <HowMany wanted={wanted} of={total} onWanted={setWanted} />
      <span className="muted">
        These cover the collection: select some, type their label, and{' '}
        <button type="button" className="link" onClick={() => browse({ mode: 'tidy', tidy: 'suggest' })}>
          have the rest suggested
        </button>
        .
      </span>
    </Found>
  );
}
