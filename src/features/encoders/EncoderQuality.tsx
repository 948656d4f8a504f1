import { useSelected } from '../../app/store/hooks';
import { percent } from '../../core/amounts';
import type { Encoder } from '../../core/encoders/encoder';
import { type Quality, type QualityScale, qualityOf } from '../../core/encoders/quality';
import { pointRange, pointWords } from '../../core/encoders/verdict';
import { beyondChance } from '../../core/significance';

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
        {!encoder.embedded ? 'Has not seen these pictures yet' : evaluating ? 'Measuring…' : 'Not measured'}
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

/** In a few words whether it finds better than the one in use: only where both were asked the same. */
function Difference({ encoder, inUse }: { encoder: Encoder; inUse: Encoder | null }) {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  const difference = evaluation?.of[encoder.id]?.difference;
  if (!difference || !inUse || evaluation.beside !== inUse.id) return null;
  const outcome = outcomeOf(difference);
  const words = {
    same: 'no clear difference',
    better: `better by ${pointWords(difference.value)}`,
    worse: `worse by ${pointWords(difference.value)}`,
  }[outcome];
  const title = `${difference.name}, difference from ${inUse.name}: ${percent(difference.value)} ${pointRange(difference.interval)}`;
  return (
    <span className={`small encoder-difference ${outcome}`} title={title}>
      {words}
    </span>
  );
}

type Beside = Parameters<typeof beyondChance>[0];

const outcomeOf = (difference: Beside & { value: number }): 'same' | 'better' | 'worse' =>
  !beyondChance(difference) ? 'same' : difference.value > 0 ? 'better' : 'worse';

/** Whether an encoder finds better than the one in use, beyond chance. */
export function useIsBetter(encoder: Encoder, inUse: Encoder | null): boolean {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  const difference = evaluation?.of[encoder.id]?.difference;
  return !!difference && !!inUse && evaluation.beside === inUse.id && outcomeOf(difference) === 'better';
}
