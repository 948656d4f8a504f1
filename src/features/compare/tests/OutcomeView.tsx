import { useId, useMemo, useState } from 'react';
import { PictureRow } from '../../../app/pictures/PictureRow';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';
import { significant } from '../../../core/amounts';
import type { NumberPredictions } from '../../../core/test_result';
import { Scatter } from '../../../widgets/Scatter';
import { Confusions } from './Confusions';

const WORST = 12;

/** Predicted against true numbers, and the pictures missed by most. */
function Predictions({ column, outcome }: { column: string; outcome: NumberPredictions }) {
  const { rows, targets, predicted } = outcome;
  const worst = useMemo(() => {
    const error = (place: number): number => Math.abs(targets[place] - predicted[place]);
    return Array.from(rows.keys())
      .sort((a, b) => error(b) - error(a))
      .slice(0, WORST);
  }, [rows, targets, predicted]);
  return (
    <>
      <Scatter
        label={`${column} of each picture, and what was predicted for it; on the line both are equal`}
        x={targets}
        y={predicted}
        words={['true', 'predicted']}
      />
      <h3>Missed by most</h3>
      <PictureRow
        label="Pictures missed by most"
        rows={worst.map((place) => rows[place])}
        notes={worst.map((place) => `${significant(targets[place])} → ${significant(predicted[place])}`)}
      />
    </>
  );
}

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
