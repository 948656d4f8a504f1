import { useState } from 'react';
import { isUnderWay } from '../../app/encoders/useEncoders';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { tellingMeasure } from '../../core/encoders/decisive';
import type { Encoder } from '../../core/encoders/encoder';
import { figure, intervalOf, intervalWords } from '../../core/encoders/verdict';
import { bytes } from '../../widgets/amounts';
import { RenameForm } from '../../widgets/RenameForm';
import { BlindTestLines } from './blind_test/BlindTestLines';
import { DeleteEncoder } from './DeleteEncoder';
import { EncoderDifference } from './EncoderDifference';
import { MoreActions } from './MoreActions';
import { startOf } from './startOf';
import { useEmbed } from './useEmbed';

/** The measure by which it is told from others, with its interval, and the vote of its nearest beside it. */
function Worth({ encoder }: { encoder: Encoder }) {
  const evaluating = useSelected((state) => state.encoders.evaluating);
  const first = tellingMeasure(encoder);
  if (!first)
    return (
      <span className="encoder-worth muted small">
        {evaluating && encoder.embedded ? 'measuring…' : 'not measured'}
      </span>
    );
  const interval = intervalOf(first);
  const votes = first.name === 'kNN' ? undefined : encoder.measures.find(({ name }) => name === 'kNN');
  return (
    <span className="encoder-worth" title={first.protocol}>
      <span className="figure">
        {first.name} {figure(first.value)}
      </span>
      {interval && <span className="figure muted small">{intervalWords(interval)}</span>}
      {votes && <span className="figure muted small">kNN {figure(votes.value)}</span>}
    </span>
  );
}

/** One encoder: what it is, how well it finds, and everything to be done with it. */
export function EncoderRow({ encoder, inUse }: { encoder: Encoder; inUse: Encoder | null }) {
  const actions = useActions();
  const busy = useSelected(runUnderWay);
  const shown = useSelected(({ training }) => training.run?.id === encoder.id);
  const weights = useSelected((state) => state.weights);
  const embed = useEmbed(encoder);
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { id, kind, name, origin, state, embedded } = encoder;
  const searching = encoder === inUse;
  const own = isUnderWay(encoder) && busy;
  const start = startOf(encoder, weights);
  return (
    <li className={searching ? 'encoder searching' : 'encoder'} aria-label={name}>
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
        <Worth encoder={encoder} />
      </div>
      <EncoderDifference encoder={encoder} inUse={inUse} />
      <p className="small muted">{[origin, state, ...(encoder.bytes > 0 ? [bytes(encoder.bytes)] : [])].join(' · ')}</p>
      <BlindTestLines encoder={id} />
      <div className="encoder-actions small">
        {embedded ? (
          <button type="button" className="button" disabled={searching} onClick={() => actions.searchWith(id)}>
            {searching ? 'In use' : 'Search with'}
          </button>
        ) : (
          embed && (
            <button type="button" className="button" disabled={busy} onClick={embed}>
              Embed
            </button>
          )
        )}
        {kind === 'run' ? (
          <button
            type="button"
            className="button quiet"
            disabled={busy || shown}
            onClick={() => void actions.showEncoder(id)}
          >
            {shown ? 'Shown' : 'Show'}
          </button>
        ) : (
          start && (
            <button type="button" className="button quiet" disabled={busy} onClick={() => actions.startFrom(start)}>
              Start from it
            </button>
          )
        )}
      </div>
      <MoreActions encoder={encoder} own={own} onRename={() => setRenaming(true)} onDelete={() => setDeleting(true)} />
      {deleting && <DeleteEncoder encoder={encoder} onClose={() => setDeleting(false)} />}
    </li>
  );
}
