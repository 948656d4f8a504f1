import { useMemo } from 'react';
import { PictureRow } from '../../../app/pictures/PictureRow';
import { significant } from '../../../core/amounts';
import type { NumberPredictions } from '../../../core/test_result';
import { Scatter } from '../../../widgets/Scatter';

const WORST = 12;

/** Predicted against true numbers, and the pictures missed by most. */
export function Predictions({ column, outcome }: { column: string; outcome: NumberPredictions }) {
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
