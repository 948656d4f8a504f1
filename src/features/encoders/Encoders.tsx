import { AddWeights } from '../../app/encoders/AddWeights';
import { useEncoders } from '../../app/encoders/useEncoders';
import { useActions, useSelected } from '../../app/store/hooks';
import { FIRST_ENCODER, networkTitle, pretrainedRun } from '../../core/pretrained';
import { Panel } from '../../widgets/Panel';
import { BlindTestButton } from './blind_test/BlindTestButton';
import { EmbeddingProgress } from './EmbeddingProgress';
import { EncoderRow } from './EncoderRow';

/** By what the list's figures were taken. */
function Protocol() {
  const evaluation = useSelected((state) => state.encoders.evaluation);
  if (!evaluation) return null;
  const how = evaluation.refined ? 'refined, as they are searched' : 'as they give the pictures, unrefined';
  return (
    <p className="small muted">
      {evaluation.column === null
        ? 'No labels tell these pictures apart: measured by two views of each, where those were embedded.'
        : `Measured by the labels “${evaluation.column}”, all of them ${how}.`}
    </p>
  );
}

/** Everything that these pictures are, or can be, embedded with; one of them searches. */
export function Encoders() {
  const { encoders, searching } = useEncoders();
  const inUse = encoders.find(({ id }) => id === searching) ?? null;
  const { embedAtOnce } = useActions();
  const atOnce = useSelected(({ embedsAtOnce }) => embedsAtOnce);
  return (
    <Panel
      title="Encoders"
      className="encoders"
      actions={
        <>
          <BlindTestButton />
          <AddWeights words="Add weights…" className="button quiet small" label="Weights of another encoder" />
        </>
      }
    >
      <p className="small muted">
        One of these answers when you click a picture. Training adds one more and never replaces another. All run here:
        nothing is uploaded.
      </p>
      <Protocol />
      <ul className="encoder-list">
        {encoders.map((encoder) => (
          <EncoderRow key={encoder.id} encoder={encoder} inUse={inUse} />
        ))}
      </ul>
      <EmbeddingProgress />
      <label className="check small">
        <input type="checkbox" checked={atOnce} onChange={({ target }) => embedAtOnce(target.checked)} />
        Embed new pictures with {networkTitle(pretrainedRun(FIRST_ENCODER))} at once
      </label>
    </Panel>
  );
}
