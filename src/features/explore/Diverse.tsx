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
  const { diverse } = useActions();
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
    <Found label="A diverse sample" rows={answer}>
      <HowMany wanted={wanted} of={total} onWanted={setWanted} />
      <span className="muted">If you label only a few, label these: they cover the collection.</span>
    </Found>
  );
}
