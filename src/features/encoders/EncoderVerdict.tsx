import { moreSteps, moreWords } from '../../app/encoders/moreSteps';
import { useSearchWith } from '../../app/encoders/useSearchWith';
import { useUndecided } from '../../app/encoders/useUndecided';
import { useActions, useSelected } from '../../app/store/hooks';
import type { Encoder } from '../../core/encoders/encoder';
import { encoderVerdict } from '../../core/encoders/verdict';
import { BlindTestButton } from './blind_test/BlindTestButton';
import { useEmbed } from './useEmbed';

/** Without labels views tell, which were not embedded as the network was asked for by itself. */
function MeasureByViews({ encoder }: { encoder: Encoder }) {
  const measure = useEmbed(encoder, true);
  const busy = useSelected(({ measures }) => measures.asked.length > 0);
  if (!measure) return null;
  return (
    <button type="button" className="link" disabled={busy} onClick={measure}>
      {busy ? `Measuring ${encoder.name}…` : `Measure ${encoder.name} without labels`}
    </button>
  );
}

/** After a run has ended: whether its encoder finds better than the one in use, and the choice between them. */
export function EncoderVerdict() {
  const { settleVerdict, extend } = useActions();
  const searchWith = useSearchWith();
  const { evaluation, evaluating } = useSelected((state) => state.encoders);
  const choice = useUndecided();
  if (!choice) return null;
  const { fresh, inUse } = choice;
  // Of a run all pictures are embedded: it is measured as soon as labels tell anything.
  if (evaluating || !evaluation || (evaluation.column !== null && !evaluation.of[fresh.id]))
    return (
      <p className="encoder-verdict" role="status">
        Measuring {fresh.name} beside {inUse.name}…
      </p>
    );
  const paired = evaluation.beside === inUse.id ? evaluation.of[fresh.id]?.difference : null;
  const { outcome, text } = encoderVerdict(fresh, inUse, paired, evaluation.refined ? 'refined' : '');
  const [title, figures] = text.split(/:(.*)/);
  const more = moreSteps(fresh.run);
  return (
    <div className={`encoder-verdict ${outcome}`} role="status">
      <p>
        <strong className="verdict-words">{title.replace(/\.$/, '')}.</strong>
        {figures && <span className="small muted">{figures}</span>}
      </p>
      {outcome === 'unknown' && evaluation.column === null && <MeasureByViews encoder={inUse} />}
      <div className="button-row">
        <button
          type="button"
          className={outcome === 'better' ? 'button primary' : 'button'}
          onClick={() => searchWith(fresh)}
        >
          Use it
        </button>
        <button type="button" className={outcome === 'better' ? 'button' : 'button primary'} onClick={settleVerdict}>
          Keep {inUse.name}
        </button>
        <button type="button" className="button" onClick={() => void extend(more)}>
          {moreWords(more)}
        </button>
        <BlindTestButton quiet pair={[inUse.id, fresh.id]} />
      </div>
    </div>
  );
}
