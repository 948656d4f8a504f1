import { count as grouped } from '../../core/amounts';
import { Fault } from '../../core/fault';
import { type ClassColumn, classNumbers } from '../../core/labels/column';
import type { ClassPredictions } from '../../core/test_result';
import { classSizes, LEAST_CLASS } from '../labels';
import { pickRows, type Rows } from '../rows';
import { allRows } from '../sample';
import type { Resampling } from '../scores/bootstrap';
import { type ScoredMeasure, scoredMeasure } from '../scores/measured';
import { dealFolds } from '../split/folds';
import type { Work } from '../work';
import { probeFeatures } from './features';
import { logisticPredictions } from './logistic';

export interface ClassProbe {
  /** Top-1 and macro accuracy. */
  measures: ScoredMeasure[];
  predictions: ClassPredictions;
}

/** Rows whose class is large enough to be learned and tested, and their classes numbered anew without gaps. */
export function learnable(column: ClassColumn): { rows: Int32Array; classes: Int32Array; names: string[] } {
  const { names, numbers } = classNumbers(column);
  const sizes = classSizes(numbers.filter((number) => number >= 0));
  const kept = names.map((_, number) => number).filter((number) => sizes[number] >= LEAST_CLASS);
  if (kept.length < 2)
    throw new Fault(
      'config',
      `Nothing to tell apart in "${column.name}": fewer than two classes have ${LEAST_CLASS} pictures.`,
      'Label more pictures of each class.',
    );
  const rows = allRows(numbers.length).filter((row) => kept.includes(numbers[row]));
  const classes = rows.map((row) => kept.indexOf(numbers[row]));
  return { rows, classes, names: kept.map((number) => names[number]) };
}

/**
 * How well a linear model of the embeddings [count, dim] tells the classes of pictures it has not seen. Pictures without
 * a label, or of a class with fewer than 4, take no part.
 */
export function* classProbe(rows: Rows, column: ClassColumn, resampling: Resampling = {}): Work<ClassProbe> {
  const { rows: known, classes, names } = learnable(column);
  const { units, seed = 0 } = resampling;
  const features = probeFeatures(pickRows(rows, known), seed);
  const folds = dealFolds(known.length, { seed, classes, units: units && known.map((row) => units[row]) });
  const { predicted } = yield* logisticPredictions(features.rows, classes, names.length, folds, features.scaling);
  const protocol = `Multinomial logistic regression on standardised embeddings${features.words} of ${grouped(known.length)} pictures of ${grouped(names.length)} classes (those of ${LEAST_CLASS} and more), penalty chosen inside each training part; ${folds.words}.`;
  const values = Float64Array.from(classes, (number, i) => (predicted[i] === number ? 1 : 0));
  return {
    measures: [
      scoredMeasure('probe top-1', { kind: 'mean', rows: known, values }, protocol, resampling, column.name),
      scoredMeasure(
        'probe macro',
        { kind: 'class mean', rows: known, values, classes },
        protocol,
        resampling,
        column.name,
      ),
    ],
    predictions: { names, rows: known, truth: classes, predicted },
  };
}
