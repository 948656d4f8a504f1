import { useState } from 'react';
import { tellingMeasure } from '../../core/encoders/decisive';
import type { Encoder } from '../../core/encoders/encoder';
import { figure, intervalOf, intervalWords } from '../../core/encoders/verdict';
import { PRETRAINED, pretrainedRun } from '../../core/pretrained';
import { isUnderWay } from '../../state/encoders';
import { useActions, useSelected } from '../../state/hooks';
import { runUnderWay } from '../../state/store';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';
import { RenameForm } from '../../widgets/RenameForm';

/** One measure with its interval: 'kNN .487 (.452 to .522)'. */
function Figure({ encoder }: { encoder: Encoder }) {
  const measure = tellingMeasure(encoder);
  if (!measure) return <span className="muted">not measured</span>;
  const interval = intervalOf(measure);
  return (
    <span className="figure" title={measure.protocol}>
      {measure.name} {figure(measure.value)}
      {interval && <span className="muted"> {intervalWords(interval)}</span>}
    </span>
  );
}

/** One encoder: what it is, how well it finds, and everything to be done with it. */
export function EncoderRow({ encoder, searching }: { encoder: Encoder; searching: boolean }) {
  const actions = useActions();
  const busy = useSelected(runUnderWay);
  const shown = useSelected(({ training }) => training.run?.id === encoder.id);
  const weights = useSelected((state) => state.weights.find(({ name }) => pretrainedRun(name) === encoder.id));
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { id, kind, name, origin, state, embedded } = encoder;
  const own = isUnderWay(encoder) && busy;
  const network = PRETRAINED.find((one) => pretrainedRun(one.name) === id);
  const embed = (): void => {
    if (network) actions.addPretrained(network.name, { views: false });
    else if (weights) actions.addFrozen(weights, { views: false });
  };
  return (
    <li className={searching ? 'encoder searching' : 'encoder'}>
      <div className="encoder-head">
        {renaming ? (
          <RenameForm
            name={name}
            most={60}
            className="encoder-rename"
            onRename={(to) => actions.renameEncoder(id, to)}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <bdi className="encoder-name">{name}</bdi>
        )}
        {searching && <span className="badge">searches</span>}
        <Figure encoder={encoder} />
      </div>
      <p className="small muted">
        {origin} · {state}
      </p>
      <div className="button-row small">
        {embedded && !searching && (
          <button type="button" className="button" onClick={() => actions.searchWith(id)}>
            Search with
          </button>
        )}
        {!embedded && (network || weights) && (
          <button type="button" className="button" disabled={busy} onClick={embed}>
            Embed
          </button>
        )}
        {kind === 'run' && (
          <>
            <button
              type="button"
              className="button quiet"
              disabled={busy || shown}
              onClick={() => void actions.showEncoder(id)}
            >
              {shown ? 'Shown' : 'Show'}
            </button>
            <button
              type="button"
              className="button quiet"
              disabled={own || encoder.run?.step === 0}
              onClick={() => void actions.startFromRun(id)}
            >
              Start from it
            </button>
            <button type="button" className="button quiet" disabled={own} onClick={() => setRenaming(true)}>
              Rename
            </button>
          </>
        )}
        {(kind === 'run' || embedded) && (
          <button type="button" className="button quiet" disabled={own} onClick={() => setDeleting(true)}>
            Delete
          </button>
        )}
      </div>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirm="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            actions.deleteEncoder(id);
            setDeleting(false);
          }}
        >
          <p>
            {kind === 'run'
              ? 'The run goes with its checkpoints, embeddings, measures and charts. This cannot be undone.'
              : 'Its embeddings and measures of these pictures go. They can be made again.'}
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}
