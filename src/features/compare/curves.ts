import type { MeasureName } from '../../core/measures';
import type { Evaluation, History } from '../../core/records';

/** A curve over some x that rises. */
export interface Curve {
  x: number[];
  y: number[];
}

/** Seconds of training up to each step, from pictures a second. */
export function secondsAt({ steps }: Pick<History, 'steps'>, batch: number): Float64Array {
  const seconds = new Float64Array(steps.imagesPerSecond.length);
  let sum = 0;
  for (const [i, rate] of steps.imagesPerSecond.entries()) {
    if (rate > 0) sum += batch / rate;
    seconds[i] = sum;
  }
  return seconds;
}

/**
 * Means of at most `most` stretches of a loss, as shares of the largest of them: methods have losses of their own scale.
 * Not of the first, which is small while MoCo's queue fills.
 */
export function relativeLoss({ steps }: Pick<History, 'steps'>, most = 200): Curve {
  const { loss } = steps;
  const stretch = Math.max(1, Math.ceil(loss.length / most));
  const curve: Curve = { x: [], y: [] };
  for (let from = 0; from < loss.length; from += stretch) {
    const part = loss.subarray(from, from + stretch);
    curve.x.push(from + part.length);
    curve.y.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  const largest = curve.y.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return { x: curve.x, y: curve.y.map((value) => value / largest) };
}

/** A measure of a run over seconds of training; of frozen views, as far as they are those of its newest value. */
export function qualityOverTime(history: History, batch: number, name: MeasureName): Curve {
  const seconds = secondsAt(history, batch);
  const all = history.evaluations.flatMap(({ of, step, measures }: Evaluation) => {
    const measure = of === 'run' ? measures.find((one) => one.name === name) : undefined;
    return measure ? [{ x: step === 0 ? 0 : (seconds[step - 1] ?? 0), y: measure.value, recipe: measure.recipe }] : [];
  });
  const found = all.filter(({ recipe }) => recipe === all.at(-1)?.recipe);
  return { x: found.map(({ x }) => x), y: found.map(({ y }) => y) };
}

const unitedX = (curves: readonly Curve[]): Float64Array<ArrayBuffer> =>
  Float64Array.from(new Set(curves.flatMap(({ x }) => x))).sort();

/** Curves over one x, all that any of them has, each with its own points and null between. */
export function pointsOver(curves: readonly Curve[]): [Float64Array, ...(number | null)[][]] {
  const x = unitedX(curves);
  const columns = curves.map((curve) => {
    const known = new Map(curve.x.map((at, place) => [at, curve.y[place]]));
    return Array.from(x, (at) => known.get(at) ?? null);
  });
  return [x, ...columns];
}

/** Curves over one x, all that any of them has: null before a curve's first and after its last point, straight between. */
export function overlaid(curves: readonly Curve[]): [Float64Array, ...(number | null)[][]] {
  const x = unitedX(curves);
  const columns = curves.map((curve) => {
    let next = 0;
    return Array.from(x, (at) => {
      while (next < curve.x.length && curve.x[next] < at) next++;
      if (curve.x[next] === at) return curve.y[next];
      if (next === 0 || next === curve.x.length) return null;
      const [left, right] = [curve.x[next - 1], curve.x[next]];
      const part = (at - left) / (right - left);
      return curve.y[next - 1] * (1 - part) + curve.y[next] * part;
    });
  });
  return [x, ...columns];
}
