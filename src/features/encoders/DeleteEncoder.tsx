import { useActions } from '../../app/store/hooks';
import { bytes } from '../../core/amounts';
import type { Encoder } from '../../core/encoders/encoder';
import { ConfirmDialog } from '../../widgets/ConfirmDialog';

const WHAT_GOES = {
  run: 'The run goes with its checkpoints, embeddings, measures and charts. This cannot be undone.',
  bundled: 'Its embeddings and measures of these pictures go. They can be made again.',
  file: 'Its embeddings and measures of these pictures go, and the file of weights with them unless another collection is embedded by it. The file would have to be added again.',
  untrained: 'Its embeddings and measures of these pictures go. They are made again at the next visit.',
} as const;

/** Asks before an encoder is deleted, and says what goes with it. */
export function DeleteEncoder({ encoder, onClose }: { encoder: Encoder; onClose(): void }) {
  const { deleteEncoder } = useActions();
  const { id, kind, name } = encoder;
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirm="Delete"
      onClose={onClose}
      onConfirm={() => {
        deleteEncoder(id);
        onClose();
      }}
    >
      <p>{WHAT_GOES[kind]}</p>
      {encoder.bytes > 0 && <p className="muted">It takes {bytes(encoder.bytes)}.</p>}
    </ConfirmDialog>
  );
}
