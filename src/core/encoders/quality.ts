import type { RecipeName } from '../config';
import { DECISIVE, type Decisive } from '../measures';
import type { Interval } from '../records';
import { measureNamed } from './decisive';
import type { Encoder } from './encoder';
import { intervalOf, measuredBy } from './verdict';

/** The one measure that the whole list shows, and where its scale ends. */
export interface QualityScale {
  name: Decisive;
  /** Of views: the recipe they were drawn by; measures by others are left out. */
  recipe: RecipeName | undefined;
  /** What it was measured by: 'the folders of 166 pictures' */
  by: string;
  /** The scale goes from 0 to this tenth, which no interval exceeds. */
  most: number;
}

export interface Quality {
  value: number;
  interval: Interval | null;
}

/** What one encoder is worth by the list's measure; null where it was not measured so. */
export function qualityOf(encoder: Pick<Encoder, 'measures'>, { name, recipe }: QualityScale): Quality | null {
  const measure = measureNamed(encoder, name);
  return measure && measure.recipe === recipe ? { value: measure.value, interval: intervalOf(measure) } : null;
}

/** The first decisive measure that any encoder has, those that stand first giving the recipe; null: nothing is measured. */
export function qualityScale(encoders: readonly Pick<Encoder, 'measures'>[]): QualityScale | null {
  for (const name of DECISIVE) {
    const first = encoders.map((one) => measureNamed(one, name)).find((measure) => measure !== null);
    if (!first) continue;
    const scale = { name, recipe: first.recipe, by: measuredBy(first), most: 1 };
    const ends = encoders.flatMap((one) => {
      const quality = qualityOf(one, scale);
      return quality ? [quality.interval?.high ?? quality.value] : [];
    });
    return { ...scale, most: Math.min(1, Math.max(0.1, Math.ceil(10 * Math.max(...ends) - 1e-9) / 10)) };
  }
  return null;
}
