import { type ClassColumn, classNumbers, type LabelColumn } from '../core/labels/column';
import type { TestResult } from '../core/test_result';
import { labelledRows } from './labels';
import { classProbe, learnable } from './probe/class_probe';
import { numberProbe } from './probe/number_probe';
import { fewShot } from './retrieval/few_shot';
import { retrievalMeasures } from './retrieval/retrieval';
import type { Rows } from './rows';
import type { Resampling } from './scores/bootstrap';
import type { Work } from './work';

const SHOTS = [1, 5, 20];

/** How well an embedding serves for one label column. */
export type Downstream = Pick<TestResult, 'measures' | 'classes' | 'numbers'>;

function* withClasses(rows: Rows, column: ClassColumn, resampling: Resampling): Work<Downstream> {
  const classed = learnable(column);
  const labelled = labelledRows(classNumbers(column).numbers, resampling.units);
  const measures = labelled ? yield* retrievalMeasures(rows, labelled, column.name, resampling) : [];
  const { measures: probed, predictions } = yield* classProbe(rows, column, resampling);
  measures.push(...probed);
  for (const shots of SHOTS) {
    const measure = yield* fewShot(rows, classed, shots, column.name, resampling);
    if (measure) measures.push(measure);
  }
  return { measures, classes: predictions, numbers: null };
}

/**
 * Every test that a label column allows on embeddings [count, dim]: kNN, retrieval, linear probe and few-shot for classes,
 * a linear probe for numbers. `resampling.units` (see keptTogether) are never divided between folds, and drawn as one for
 * intervals; no picture finds another of its unit. Yields often; the share it yields is that of the part under way. Throws a Fault where too little is labelled.
 */
export function* evaluateColumn(rows: Rows, column: LabelColumn, resampling: Resampling = {}): Work<Downstream> {
  if (column.kind === 'class') return yield* withClasses(rows, column, resampling);
  const { measures, ...numbers } = yield* numberProbe(rows, column, resampling);
  return { measures, classes: null, numbers };
}
