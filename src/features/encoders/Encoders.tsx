import { AddWeights } from '../../app/encoders/AddWeights';
import { MOST_COMPARED } from '../../app/encoders/compared';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useActions, useSelected } from '../../app/store/hooks';
import { wholePercent } from '../../core/amounts';
import { type QualityScale, qualityScale } from '../../core/encoders/quality';
import { measureInfo } from '../../core/measures';
import { FIRST_ENCODER, networkTitle, pretrainedRun } from '../../core/pretrained';
import { Panel } from '../../widgets/Panel';
import { Term } from '../../widgets/Term';
import { BlindTestButton } from './blind_test/BlindTestButton';
import { EncoderRow } from './EncoderRow';

/** Everything that these pictures are, or can be, embedded with; one of them searches. */
export function Encoders() {
  const { encoders, searching } = useEncoders();
  const { embedAtOnce } = useActions();
  const compared = useSelected((state) => state.encoders.compared);
  const atOnce = useSelected(({ embedsAtOnce }) => embedsAtOnce);
  const inUse = encoders.find(({ id }) => id === searching) ?? null;
  const able = encoders.filter(({ embedded }) => embedded);
  const chosen = able.filter(({ id }) => compared.includes(id)).map(({ id }) => id);
  const scale = qualityScale(inUse ? [inUse, ...able] : able);
  return (
    <Panel title="Models" className="encoders" actions={<HeadActions chosen={chosen} />}>
      <p className="small muted">
        One of these answers when you click a picture. Training adds one more and never replaces another.
      </p>
      <ListHead scale={scale} inUse={inUse?.name ?? null} />
      <ul className="encoder-list">
        {[...able, ...encoders.filter(({ embedded }) => !embedded)].map((encoder) => (
          <EncoderRow
            key={encoder.id}
            encoder={encoder}
            inUse={inUse}
            scale={scale}
            chosen={chosen.includes(encoder.id)}
            full={chosen.length === MOST_COMPARED}
          />
        ))}
      </ul>
      <label className="check small">
        <input type="checkbox" checked={atOnce} onChange={({ target }) => embedAtOnce(target.checked)} />
        Embed new pictures with {networkTitle(pretrainedRun(FIRST_ENCODER))} at once
      </label>
    </Panel>
  );
}

function HeadActions({ chosen }: { chosen: readonly string[] }) {
  const { goTo, chooseToCompare } = useActions();
  const [one, other, more] = chosen;
  return (
    <>
      <button
        type="button"
        className={chosen.length > 1 ? 'button primary' : 'button'}
        disabled={chosen.length < 2}
        title={chosen.length < 2 ? 'Select two to four models first' : undefined}
        onClick={() => goTo('compare')}
      >
        Compare {chosen.length > 1 && chosen.length} selected
      </button>
      <BlindTestButton pair={one && other && !more ? [one, other] : undefined} />
      <button
        type="button"
        className="button"
        onClick={() => {
          for (const id of chosen) chooseToCompare(id, false);
          goTo('compare');
        }}
      >
        Try all methods
      </button>
      <AddWeights words="Add weights…" className="button quiet" label="Weights of another encoder" />
    </>
  );
}

/** What the columns are, and by what the list's figures were taken: said once. */
function ListHead({ scale, inUse }: { scale: QualityScale | null; inUse: string | null }) {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  const expert = useSelected((state) => state.expert);
  const searched = evaluation?.column ? (evaluation.refined ? ', refined as searched' : ', not refined') : '';
  const { title, about } = scale ? measureInfo(scale.name) : {};
  return (
    <div className="encoder-columns small muted">
      <span className="encoder-what">Model</span>
      <span className="encoder-quality">
        {scale ? (
          <>
            <span>
              <Term definition={`${title}: ${about}`}>How well it finds</Term>
              {expert && ` (${scale.name}${searched})`}
              {`, by ${scale.by}`}
              {inUse && `, beside ${inUse}`}
            </span>
            <span className="quality-ends figure" aria-hidden="true">
              <span>0</span>
              <span>{wholePercent(scale.most)}</span>
            </span>
          </>
        ) : (
          'Not measured yet: label some pictures, or choose “Measure without labels”'
        )}
      </span>
      <span className="encoder-fact">Training</span>
      <span className="encoder-fact">Size</span>
      <span className="encoder-actions" />
    </div>
  );
}
