import type { Encoder } from '../../core/encoders/encoder';
import { encoderVerdict, pointWords } from '../../core/encoders/verdict';
import { DECISIVE, type MeasureName } from '../../core/measures';
import { isPretrained, networkTitle } from '../../core/pretrained';
import type { Evaluation, Measure } from '../../core/records';

/** Something that needs no training, by the measure that is shown. */
export interface Baseline {
  /** Id of the encoder, or what the evaluation is of. */
  id: string;
  name: string;
  value: number;
}

/** How well a run finds over its steps, beside what needs no training. */
export interface Quality {
  name: MeasureName;
  points: readonly { step: number; value: number }[];
  baselines: readonly Baseline[];
}

const NAMES: Partial<Record<Evaluation['of'], string>> = {
  'untrained encoder': 'Untrained',
  'raw pixels': 'Raw pixels',
  'colour histogram': 'Colours only',
};

const named = (evaluation: Pick<Evaluation, 'measures'>, name: MeasureName): Measure | undefined =>
  evaluation.measures.find((measure) => measure.name === name && Number.isFinite(measure.value));

/**
 * The quality of a run by the best measure that it has; null before the first evaluation. mAP@R is the list's (as the
 * pictures are searched); the others are of embeddings and views as they are, like the baselines' own.
 * @param start id of the encoder that the run starts from: at step 0 the run is that one
 */
export function qualityOf(
  evaluations: readonly Evaluation[],
  baselines: readonly Evaluation[],
  encoders: readonly Pick<Encoder, 'id' | 'kind' | 'name' | 'measures'>[],
  start: string | null = null,
): Quality | null {
  const latest = evaluations.at(-1);
  const name = latest && DECISIVE.find((one) => named(latest, one));
  if (!latest || !name) return null;
  const recipe = named(latest, name)?.recipe;
  const points = evaluations.flatMap((evaluation) => {
    const measure = named(evaluation, name);
    return measure && measure.recipe === recipe ? [{ step: evaluation.step, value: measure.value }] : [];
  });
  const known: (Pick<Evaluation, 'measures'> & { id: string; title: string })[] =
    name === 'mAP@R'
      ? encoders
          .filter(({ kind }) => kind !== 'run')
          .map(({ id, kind, name: title, measures }) => ({
            id,
            title: kind === 'untrained' ? 'Untrained' : title,
            measures: [...measures],
          }))
      : baselines.map(({ of, measures }) => ({
          id: of,
          title: NAMES[of] ?? (isPretrained(of) ? networkTitle(of) : of),
          measures,
        }));
  const comparable = known.flatMap(({ id, title, measures }) => {
    const measure = named({ measures }, name);
    return measure && measure.recipe === recipe ? [{ id, name: title, value: measure.value }] : [];
  });
  const before = comparable.find(({ id }) => id === start);
  if (before) points.unshift({ step: 0, value: before.value });
  return { name, points, baselines: comparable.toSorted((a, b) => b.value - a.value) };
}

/** The run so far beside the encoder in use, in a few words: better only beyond chance. Null where nothing compares them. */
export function standingWords(
  { measures, difference }: Evaluation,
  inUse: Pick<Encoder, 'id' | 'name' | 'measures'>,
): string | null {
  const paired = difference?.from === inUse.id ? { ...difference, name: 'mAP@R' as const } : null;
  const { outcome } = encoderVerdict({ name: 'The run', measures }, inUse, { paired });
  const by = paired ? ` by ${pointWords(paired.value)} of mAP@R` : '';
  if (outcome === 'unknown') return null;
  return {
    better: `Better than ${inUse.name}${by} so far`,
    same: `No clear difference from ${inUse.name} so far`,
    worse: `Worse than ${inUse.name}${by} so far`,
  }[outcome];
}
