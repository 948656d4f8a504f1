import { useMemo, useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { keptRows } from '../../core/set_aside';
import { Found } from './Found';
import { HowMany } from './HowMany';
import { useSearched } from './searched';
import { Waiting } from './Waiting';

/** The pictures that are least like their own neighbours. */
export function Unusual() {
  const { unusual } = useActions();
  const searched = useSearched();
  const [wanted, setWanted] = useState(24);
  const { answer, failed, share } = useAnswer(searched ? unusual : null, searched);
  const setAside = useSelected((state) => currentDataset(state)?.setAside);
  const order = useMemo(
    () => answer && [...keptRows({ count: answer.length, setAside })].sort((a, b) => answer[b] - answer[a]),
    [answer, setAside],
  );
  const rows = useMemo(() => order?.slice(0, wanted) ?? [], [order, wanted]);
  if (!answer || !order) return <Waiting failed={failed} searched={searched} share={share} />;
  return (
    <Found label="Unusual pictures" rows={rows} noteOf={(index) => answer[rows[index]].toFixed(2)}>
      <HowMany wanted={wanted} of={order.length} onWanted={setWanted} />
      <span className="muted">The farther from its five nearest, the higher the number.</span>
    </Found>
  );
}
