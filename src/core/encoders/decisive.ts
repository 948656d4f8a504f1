import { DECISIVE, type Decisive } from '../measures';
import type { Measure } from '../records';

export interface Measured {
  name: string;
  measures: readonly Measure[];
}

type Measures = Pick<Measured, 'measures'>;

/** The measure of that name, or null. Partners are asked both ways: they count by their mean. */
export function measureNamed({ measures }: Measures, name: Decisive): Measure | null {
  const found = measures.filter((measure) => measure.name === name && Number.isFinite(measure.value));
  if (found.length === 0) return null;
  return { ...found[0], value: found.reduce((sum, { value }) => sum + value, 0) / found.length };
}

/** The first measure that both have, by views of one recipe where it is taken of views; null: nothing compares them. */
export function decisiveOf(
  one: Measures,
  other: Measures,
): { name: Decisive; measures: readonly [Measure, Measure] } | null {
  for (const name of DECISIVE) {
    const [ours, theirs] = [measureNamed(one, name), measureNamed(other, name)];
    if (ours && theirs && ours.recipe === theirs.recipe) return { name, measures: [ours, theirs] };
  }
  return null;
}

const amountOf = (one: Measures, name: Decisive): number => measureNamed(one, name)?.value ?? Number.NaN;

/** The best of encoders by the first measure that at least two have, and by which; null where there is none. */
export function bestEncoder<T extends Measured>(encoders: readonly T[]): { best: T; by: Decisive } | null {
  for (const by of DECISIVE) {
    const measured = encoders.filter((one) => measureNamed(one, by));
    if (measured.length < 2) continue;
    return { best: measured.toSorted((a, b) => amountOf(b, by) - amountOf(a, by))[0], by };
  }
  return null;
}

/** The best of others by the first measure that can be compared with this one's. */
export function rivalOf<T extends Measured>(fresh: Measures, others: readonly T[]): T | null {
  for (const by of DECISIVE) {
    const comparable = others.filter((one) => decisiveOf(fresh, one)?.name === by);
    if (comparable.length > 0) return comparable.toSorted((a, b) => amountOf(b, by) - amountOf(a, by))[0];
  }
  return null;
}
