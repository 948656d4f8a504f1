import { useId, useState } from 'react';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';
import { Confusions } from './Confusions';
import { Predictions } from './Predictions';

/** The pictures behind the linear probe: which class was taken for which, or which number was missed by how much. */
export function OutcomeView({ column, rows }: { column: string; rows: readonly { id: string; name: string }[] }) {
  const { outcome } = useActions();
  const version = useSelected(({ tests }) => tests.version);
  const [chosen, setChosen] = useState<string | null>(null);
  const of = rows.find(({ id }) => id === chosen) ?? rows[0];
  const { answer } = useAnswer(() => outcome(column, of.id), JSON.stringify([column, of.id, version]));
  const id = useId();
  if (!answer) return null;
  return (
    <div className="outcome">
      <div className="outcome-head">
        <label htmlFor={id}>{answer.classes ? 'What was taken for what by' : 'Predicted against true by'}</label>
        <select id={id} className="field" value={of.id} onChange={({ target }) => setChosen(target.value)}>
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {row.name}
            </option>
          ))}
        </select>
      </div>
      {answer.classes && <Confusions key={`${column} ${of.id}`} outcome={answer.classes} />}
      {answer.numbers && <Predictions key={`${column} ${of.id}`} column={column} outcome={answer.numbers} />}
    </div>
  );
}
