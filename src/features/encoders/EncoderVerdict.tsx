import { moreSteps, moreWords } from '../../app/encoders/moreSteps';
import { type Choice, useChoice } from '../../app/encoders/useChoice';
import { useSearchWith } from '../../app/encoders/useSearchWith';
import { useActions, useSelected } from '../../app/store/hooks';
import type { Encoder } from '../../core/encoders/encoder';
import { searchVerdict } from '../../core/encoders/search_evaluation';
import type { EncoderVerdict as Verdict } from '../../core/encoders/verdict';
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

/** After a run has ended: whether its encoder finds better than the one in use, the choice between them, and a way back. */
export function EncoderVerdict() {
  const { extend } = useActions();
  const { evaluation, evaluating } = useSelected((state) => state.encoders);
  const choice = useChoice();
  if (!choice) return null;
  const { fresh, other, used } = choice;
  // Of a run all pictures are embedded: it is measured as soon as labels tell anything.
  const measured = !evaluating && evaluation && (evaluation.column === null || evaluation.of[fresh.id]);
  const verdict = measured ? searchVerdict(evaluation, fresh, other, { subject: 'Training', used }) : null;
  const more = moreSteps(fresh.run);
  return (
    <div className={`encoder-verdict ${verdict?.outcome ?? ''}`} role="status">
      {verdict ? (
        <p>
          <strong className="verdict-words">{verdict.advice}</strong>
          <span className="small muted">{verdict.figures}</span>
        </p>
      ) : (
        <p>{evaluating ? `Measuring ${fresh.name} beside ${other.name}…` : `${fresh.name} is not measured yet.`}</p>
      )}
      {verdict?.outcome === 'unknown' && evaluation?.column === null && <MeasureByViews encoder={other} />}
      <div className="button-row">
        <ChoiceButtons choice={choice} outcome={verdict?.outcome} />
        <button type="button" className="button" onClick={() => void extend(more)}>
          {moreWords(more)}
        </button>
        <BlindTestButton quiet pair={[other.id, fresh.id]} />
      </div>
    </div>
  );
}

interface ChoiceButtonsProps {
  choice: Choice;
  /** What is advised comes first; nothing does until it is measured. */
  outcome?: Verdict['outcome'];
}

/** Use the run's encoder, or keep the other; once one is chosen, which one searches, and a way to the other. */
function ChoiceButtons({ choice: { fresh, other, used, decided }, outcome }: ChoiceButtonsProps) {
  const { settleVerdict } = useActions();
  const searchWith = useSearchWith();
  if (used)
    return (
      <>
        <span className="verdict-state">In use</span>
        <button type="button" className="button" onClick={() => searchWith(other)}>
          Go back to {other.name}
        </button>
      </>
    );
  return (
    <>
      <button
        type="button"
        className={outcome === 'better' && !decided ? 'button primary' : 'button'}
        onClick={() => searchWith(fresh)}
      >
        Use it
      </button>
      {decided ? (
        <span className="verdict-state">{other.name} in use</span>
      ) : (
        <button
          type="button"
          className={outcome && outcome !== 'better' ? 'button primary' : 'button'}
          onClick={settleVerdict}
        >
          Keep {other.name}
        </button>
      )}
    </>
  );
}
