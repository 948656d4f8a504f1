import { useState } from 'react';
import { ExtendRun } from '../../app/encoders/ExtendRun';
import { saveZip } from '../../app/encoders/saveZip';
import { tellCause } from '../../app/store/faults';
import { useActions, useLookalike, useSelected } from '../../app/store/hooks';
import { runUnderWay, shownRecipe } from '../../app/store/store';
import type { Encoder } from '../../core/encoders/encoder';
import { fileName } from '../../widgets/download';
import { useEmbed } from './useEmbed';

interface MoreActionsProps {
  encoder: Encoder;
  /** It is the run under way. */
  own: boolean;
  onRename(): void;
  onDelete(): void;
}

/** What is done with an encoder less often; one such menu is open at a time. */
export function MoreActions({ encoder, own, onRename, onDelete }: MoreActionsProps) {
  const actions = useActions();
  const { store } = useLookalike();
  const busy = useSelected(runUnderWay);
  const [saving, setSaving] = useState(false);
  const { id, kind, name, run, embedded } = encoder;
  const recipe = useSelected(shownRecipe);
  const viewed = useSelected(({ measures }) =>
    measures.baselines.some(({ of, measures: all }) => of === id && all.some((one) => one.recipe === recipe)),
  );
  const measureByViews = useEmbed(encoder, true);
  const save = async (): Promise<void> => {
    setSaving(true);
    try {
      await saveZip(fileName(name), await actions.exportEncoder(id));
    } catch (cause) {
      tellCause(store, cause);
    } finally {
      setSaving(false);
    }
  };
  const kept = kind === 'run' || kind === 'file' || embedded;
  if (!kept) return null;
  return (
    <details className="encoder-more small" name="encoder-more">
      <summary>More</summary>
      <div className="encoder-actions">
        {run && (
          <button
            type="button"
            className="button quiet"
            disabled={own || run.step === 0}
            onClick={() => void actions.startFromRun(id)}
          >
            Start from it
          </button>
        )}
        {embedded && (run === null || run.step > 0) && (
          <button type="button" className="button quiet" disabled={saving} onClick={() => void save()}>
            {saving ? 'Collecting…' : 'Export'}
          </button>
        )}
        {measureByViews && embedded && !viewed && (
          <button type="button" className="button quiet" disabled={busy} onClick={measureByViews}>
            Measure by views
          </button>
        )}
        {run && (
          <button type="button" className="button quiet" disabled={own} onClick={onRename}>
            Rename
          </button>
        )}
        <button type="button" className="button quiet" disabled={own} onClick={onDelete}>
          Delete
        </button>
        {run && (run.status === 'finished' || run.status === 'stopped') && (
          <ExtendRun disabled={busy} onExtend={(steps) => void actions.extendEncoder(id, steps)} />
        )}
      </div>
    </details>
  );
}
