import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import type { ComparisonCell } from '../../core/comparison/table';
import type { Encoder } from '../../core/encoders/encoder';
import { qualityOf, qualityScale } from '../../core/encoders/quality';
import type { SearchEvaluation } from '../../core/encoders/search_evaluation';
import { encoderVerdict } from '../../core/encoders/verdict';
import type { Decisive } from '../../core/measures';
import { beyondChance } from '../../core/significance';

/** What Models shows of some encoders: how well each finds, as the data set is searched. */
export interface SearchedQuality {
  measure: Decisive;
  /** 'mAP@R, refined (folder)' */
  words: string;
  /** By encoder. */
  cells: ReadonlyMap<string, ComparisonCell>;
  /** The best of two or more, and in one sentence whether it finds better than the one in use, or else the next; else null. */
  best: { encoder: Encoder; words: string } | null;
}

/** Of the encoders that the predicate takes; null where labels tell nothing. */
export function useSearchedQuality(takes: (id: string) => boolean): SearchedQuality | null {
  const { encoders } = useEncoders();
  const evaluation = useSelected((state) => state.encoders.evaluation);
  return (
    evaluation &&
    searchedQuality(
      encoders.filter(({ id, embedded }) => embedded && takes(id)),
      evaluation,
    )
  );
}

function searchedQuality(encoders: readonly Encoder[], evaluation: SearchEvaluation): SearchedQuality | null {
  const { column, refined } = evaluation;
  const scale = qualityScale(encoders);
  if (!scale || column === null) return null;
  const known = encoders
    .flatMap((encoder) => {
      const quality = qualityOf(encoder, scale);
      return quality ? [{ encoder, ...quality }] : [];
    })
    .toSorted((a, b) => b.value - a.value);
  const [best, second] = known.length > 1 ? known : [];
  const inUse = known.find(({ encoder }) => encoder.id === evaluation.beside);
  const next = inUse && inUse !== best ? inUse : second;
  const cells = new Map(
    known.map(({ encoder: { id }, value, interval }) => {
      const paired = best && pairedWith(evaluation, best.encoder.id, id);
      const level = paired !== null && paired !== undefined && !beyondChance(paired);
      return [id, { value, ...(interval && { interval }), best: id === best?.encoder.id, level }];
    }),
  );
  const how = refined ? 'refined' : 'plain';
  return {
    measure: scale.name,
    words: `${scale.name}, ${how} (${column})`,
    cells,
    best: best && next ? { encoder: best.encoder, words: verdictWords(evaluation, best.encoder, next.encoder) } : null,
  };
}

/** The difference of two encoders, where one of them is the one in use. */
function pairedWith({ beside, of }: SearchEvaluation, one: string, other: string) {
  if (beside === one) return of[other]?.difference ?? null;
  return beside === other ? (of[one]?.difference ?? null) : null;
}

/** Differences are taken from the encoder in use, which therefore comes second. */
function verdictWords(evaluation: SearchEvaluation, best: Encoder, next: Encoder): string {
  const [one, other] = evaluation.beside === best.id ? [next, best] : [best, next];
  const paired = pairedWith(evaluation, one.id, other.id);
  return encoderVerdict(one, other, paired, evaluation.refined ? 'refined' : '').text;
}
