import { useState } from 'react';
import { useSearchWith } from '../../app/encoders/useSearchWith';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { bytes, duration } from '../../core/amounts';
import type { Encoder } from '../../core/encoders/encoder';
import type { QualityScale } from '../../core/encoders/quality';
import { RenameForm } from '../../widgets/RenameForm';
import { BlindTestLines } from './blind_test/BlindTestLines';
import { DeleteEncoder } from './DeleteEncoder';
import { EmbeddingProgress } from './EmbeddingProgress';
import { EncoderMenu } from './EncoderMenu';
import { EncoderQuality, useIsBetter } from './EncoderQuality';
import { useEmbed } from './useEmbed';

interface EncoderRowProps {
  encoder: Encoder;
  /** The one that searches. */
  inUse: Encoder | null;
  scale: QualityScale | null;
  chosen: boolean;
  /** As many are chosen as can be compared. */
  full: boolean;
}

/** One encoder: what it is, how well it finds, what it took, and what can be done with it. */
export function EncoderRow({ encoder, inUse, scale, chosen, full }: EncoderRowProps) {
  const { chooseToCompare, renameEncoder } = useActions();
  const asked = useSelected(({ measures }) => measures.asked[0]);
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { id, name, origin, stale, embedded, run } = encoder;
  const searching = encoder === inUse;
  return (
    <li className={searching ? 'encoder searching' : 'encoder'} aria-label={name}>
      <input
        type="checkbox"
        aria-label={`Select ${name}`}
        title="Select two to four to compare"
        disabled={!embedded || (full && !chosen)}
        checked={chosen}
        onChange={({ target }) => chooseToCompare(id, target.checked)}
      />
      <div className="encoder-what">
        {renaming ? (
          <RenameForm
            name={name}
            most={60}
            className="encoder-rename"
            onRename={(to) => renameEncoder(id, to)}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <p>
            <bdi className="encoder-name">{name}</bdi>
            {searching && <span className="badge">in use</span>}
          </p>
        )}
        {/* A name that was not changed says the same. */}
        <p className="small muted">
          {origin.replace(`${name}, `, '')}
          {stale && `; ${stale}`}
        </p>
        <BlindTestLines encoder={id} />
      </div>
      {asked === id ? <EmbeddingProgress /> : <EncoderQuality encoder={encoder} inUse={inUse} scale={scale} />}
      <p className="encoder-fact small">{run && run.seconds > 0 && duration(run.seconds)}</p>
      <p className="encoder-fact small">{encoder.bytes > 0 && bytes(encoder.bytes)}</p>
      <div className="encoder-actions">
        <Use encoder={encoder} inUse={inUse} />
        <EncoderMenu encoder={encoder} onRename={() => setRenaming(true)} onDelete={() => setDeleting(true)} />
      </div>
      {deleting && <DeleteEncoder encoder={encoder} onClose={() => setDeleting(false)} />}
    </li>
  );
}

/** Has the encoder search, or embed the pictures first; what finds better than the one in use stands out. */
function Use({ encoder, inUse }: { encoder: Encoder; inUse: Encoder | null }) {
  const searchWith = useSearchWith();
  const busy = useSelected(runUnderWay);
  const asked = useSelected(({ measures }) => measures.asked.some((one) => one === encoder.id));
  const embed = useEmbed(encoder);
  const better = useIsBetter(encoder, inUse);
  if (encoder === inUse) return null;
  // A model that was stopped before it embedded the pictures does so as soon as it is used.
  if (encoder.embedded || (encoder.run !== null && encoder.run.step > 0))
    return (
      <button
        type="button"
        className={better ? 'button primary' : 'button'}
        aria-label={`Use ${encoder.name}`}
        onClick={() => searchWith(encoder)}
      >
        Use
      </button>
    );
  return (
    embed && (
      <button type="button" className="button" disabled={busy || asked} onClick={embed}>
        Embed
      </button>
    )
  );
}
