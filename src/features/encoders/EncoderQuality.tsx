import { isUnderWay } from '../../app/encoders/useEncoders';
import { useSelected } from '../../app/store/hooks';
import { percent } from '../../core/amounts';
import type { Encoder } from '../../core/encoders/encoder';
import { type Quality, type QualityScale, qualityOf } from '../../core/encoders/quality';
import { pairedWith, type SearchEvaluation, searchVerdict } from '../../core/encoders/search_evaluation';
import { pointRange, pointWords } from '../../core/encoders/verdict';

interface QualityBarProps {
  quality: Quality;
  /** Where the scale ends, which begins at 0. */
  most: number;
  /** The encoder that searches. */
  marked: boolean;
}

/** A value as a bar with its interval, on the scale that all rows of the list share. The figures beside it say the same. */
function QualityBar({ quality: { value, interval }, most, marked }: QualityBarProps) {
  const at = (amount: number): number => (100 * amount) / most;
  return (
    <svg
      className={marked ? 'quality-bar marked' : 'quality-bar'}
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="quality-track" y="3" width="100" height="6" />
      <rect className="quality-value" y="3" width={at(value)} height="6" />
      {interval && (
        <path
          className="quality-interval"
          vectorEffect="non-scaling-stroke"
          d={`M${at(interval.low)} 6H${at(interval.high)}M${at(interval.low)} 1v10M${at(interval.high)} 1v10`}
        />
      )}
    </svg>
  );
}

interface EncoderQualityProps {
  encoder: Encoder;
  inUse: Encoder | null;
  scale: QualityScale | null;
}

/** How well an encoder finds, by the list's measure, and beside the one in use. */
export function EncoderQuality({ encoder, inUse, scale }: EncoderQualityProps) {
  const evaluating = useSelected((state) => state.encoders.evaluating);
  const quality = scale && qualityOf(encoder, scale);
  if (!quality)
    return (
      <p className="encoder-quality muted small">
        {!encoder.embedded && !encoder.run
          ? 'Has not seen these pictures yet'
          : evaluating
            ? 'Measuring…'
            : 'Not measured'}
      </p>
    );
  return (
    <div className="encoder-quality">
      <QualityBar quality={quality} most={scale.most} marked={encoder === inUse} />
      <p>
        <span className="visually-hidden">{scale.name} </span>
        <span className="figure">{percent(quality.value)}</span>{' '}
        {quality.interval && <span className="figure muted small">{pointRange(quality.interval)}</span>}
        <Difference encoder={encoder} inUse={inUse} />
      </p>
    </div>
  );
}

/** In a few words whether it finds better than the one in use, and so far where its run goes on. */
function Difference({ encoder, inUse }: { encoder: Encoder; inUse: Encoder | null }) {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  const verdict = verdictOf(evaluation, encoder, inUse);
  if (!evaluation || !inUse || !verdict || verdict.outcome === 'unknown') return null;
  const { outcome, figures } = verdict;
  const paired = pairedWith(evaluation, encoder.id, inUse.id);
  const by = paired ? ` by ${pointWords(paired.value)}` : '';
  const words = outcome === 'same' ? 'no clear difference' : `${outcome}${by}`;
  const ended = !isUnderWay(encoder);
  return (
    <span className={`small encoder-difference ${ended ? outcome : ''}`} title={figures}>
      {words}
      {!ended && ' so far'}
    </span>
  );
}

const verdictOf = (evaluation: SearchEvaluation | null, encoder: Encoder, inUse: Encoder | null) =>
  evaluation && inUse && encoder !== inUse ? searchVerdict(evaluation, encoder, inUse) : null;

/** Whether an encoder is done, and finds better than the one in use, beyond chance. */
export function useIsBetter(encoder: Encoder, inUse: Encoder | null): boolean {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  return !isUnderWay(encoder) && verdictOf(evaluation, encoder, inUse)?.outcome === 'better';
}
