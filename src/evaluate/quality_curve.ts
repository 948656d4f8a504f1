import type { QualityPoint } from '../core/interpretation';
import { type Pca, pcaCoordinates } from '../core/pca';
import { type Evaluated, evaluateEmbedding } from './summary';
import type { WaitingWork } from './work';

/** Measures that say what so many dimensions are worth. */
const WORTH: readonly string[] = ['two-view R@1', 'kNN'];

/** 2, 4, 8 ... and the most, rising. Not 1: along one dimension a cosine is a sign, and tells two sides apart, no more. */
export function doublings(most: number): number[] {
  const steps = [];
  for (let dims = 2; dims < most; dims *= 2) steps.push(dims);
  return [...steps, most];
}

/** What the first 2, 4, 8 ... principal components of an embedding are worth, and all of them. */
export async function* qualityCurve(evaluated: Evaluated, pca: Pca, whiten: boolean): WaitingWork<QualityPoint[]> {
  const points: QualityPoint[] = [];
  const places = doublings(pca.explained.length);
  for (const dims of places) {
    const reduced = (values: Float32Array | undefined) => values && pcaCoordinates(pca, values, dims, whiten);
    const [values, viewA, viewB] = [evaluated.values, evaluated.viewA, evaluated.viewB].map(reduced);
    if (!values) continue;
    const measures = await evaluateEmbedding({ ...evaluated, values, dim: dims, viewA, viewB });
    points.push({
      dims,
      measures: measures.filter(({ name }) => WORTH.includes(name)).map(({ name, value }) => ({ name, value })),
    });
    yield points.length / places.length;
  }
  return points;
}
