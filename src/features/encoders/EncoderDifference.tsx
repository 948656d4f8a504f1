import { useSelected } from '../../app/store/hooks';
import type { Encoder } from '../../core/encoders/encoder';
import { figure, intervalWords } from '../../core/encoders/verdict';
import { beyondChance } from '../../core/significance';

/** Where labels tell: by how much an encoder finds better or worse than the one in use. */
export function EncoderDifference({ encoder, inUse }: { encoder: Encoder; inUse: Encoder | null }) {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  const difference = evaluation?.of[encoder.id]?.difference;
  if (!difference || !inUse || evaluation.beside !== inUse.id) return null;
  const { value, interval } = difference;
  const outcome = !beyondChance(difference) ? 'same' : value > 0 ? 'better' : 'worse';
  const range = value < 0 ? { low: -interval.high, high: -interval.low } : interval;
  const amount = `${figure(Math.abs(value))} ${value < 0 ? 'lower' : 'higher'} ${intervalWords(range)}`;
  return (
    <p className={`small encoder-difference ${outcome}`}>
      {outcome === 'same' ? `Cannot be told from ${inUse.name}: ${amount}` : `${amount} than ${inUse.name}`}
    </p>
  );
}
