import { useEncoders } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import type { ComparisonCell } from '../../core/comparison/table';
import { bestEncoder } from '../../core/encoders/decisive';
import type { Encoder } from '../../core/encoders/encoder';
import { qualityOf, qualityScale } from '../../core/encoders/quality';
import { type SearchEvaluation, searchVerdict } from '../../core/encoders/search_evaluation';
import type { EncoderVerdict } from '../../core/encoders/verdict';
import type { Decisive } from '../../core/measures';

/** What Models shows of some encoders: how well each finds, as the data set is searched. */
export interface SearchedQuality {
  measure: Decisive;
  /** 'mAP@R, refined (folder)' */
  words: string;
  /** By encoder. */
  cells: ReadonlyMap<string, ComparisonCell>;
}

export interface Recommendation {
  verdict: EncoderVerdict;
  /** The one to search with. */
  encoder: Encoder;
}

/** Of the encoders that the predicate takes. `quality` is null where labels tell nothing, `recommended` where nothing was measured. */
export function useSearched(takes: (id: string) => boolean): {
  quality: SearchedQuality | null;
  recommended: Recommendation | null;
} {
  const { encoders, searching } = useEncoders();
  const evaluation = useSelected((state) => state.encoders.evaluation);
  if (!evaluation) return { quality: null, recommended: null };
  const compared = encoders.filter(({ id, embedded }) => embedded && takes(id));
  const inUse = encoders.find(({ id }) => id === searching);
  return {
    quality: searchedQuality(compared, evaluation),
    recommended: inUse ? recommendation(compared, inUse, evaluation) : null,
  };
}

/** The best of the others beside the one in use, which stays unless that finds better. */
function recommendation(
  compared: readonly Encoder[],
  inUse: Encoder,
  evaluation: SearchEvaluation,
): Recommendation | null {
  const others = compared.filter((one) => one !== inUse);
  const rival = others.length > 1 ? bestEncoder(others)?.best : others[0];
  const verdict = rival && searchVerdict(evaluation, rival, inUse);
  if (!verdict || verdict.outcome === 'unknown') return null;
  return { verdict, encoder: verdict.outcome === 'better' ? rival : inUse };
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
  const [best, ...others] = known.length > 1 ? known.map(({ encoder }) => encoder) : [];
  const level = new Set(others.filter((one) => searchVerdict(evaluation, one, best).outcome === 'same'));
  if (level.size > 0) level.add(best);
  const cells = known.map(({ encoder, value, interval }): [string, ComparisonCell] => [
    encoder.id,
    { value, ...(interval && { interval }), best: encoder === best, level: level.has(encoder) },
  ]);
  return {
    measure: scale.name,
    words: `${scale.name}, ${refined ? 'refined' : 'plain'} (${column})`,
    cells: new Map(cells),
  };
}
