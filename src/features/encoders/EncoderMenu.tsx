import { useState } from 'react';
import { ExtendRun } from '../../app/encoders/ExtendRun';
import { saveZip } from '../../app/encoders/saveZip';
import { isUnderWay } from '../../app/encoders/useEncoders';
import { tellCause } from '../../app/store/faults';
import { useActions, useLookalike, useSelected } from '../../app/store/hooks';
import { currentDataset, runUnderWay, shownRecipe } from '../../app/store/store';
import type { Encoder } from '../../core/encoders/encoder';
import { scalesUp } from '../../core/scale_recipe';
import { fileName } from '../../widgets/download';
import { Menu } from '../../widgets/Menu';
import { startOf } from './startOf';
import { useEmbed } from './useEmbed';

type Files = Record<string, Uint8Array>;

interface EncoderMenuProps {
  encoder: Encoder;
  onRename(): void;
  onDelete(): void;
}

/** What is done with an encoder less often than having it search. */
export function EncoderMenu({ encoder, onRename, onDelete }: EncoderMenuProps) {
  const actions = useActions();
  const busy = useSelected(runUnderWay);
  const weights = useSelected((state) => state.weights);
  const { id, kind, name, run, embedded } = encoder;
  const own = isUnderWay(encoder) && busy;
  const start = startOf(encoder, weights);
  const trained = run !== null && run.step > 0;
  const show = async (): Promise<void> => {
    await actions.showEncoder(id);
    actions.goTo('train');
  };
  const startFrom = async (): Promise<void> => {
    if (run) await actions.startFromRun(id);
    else if (start) actions.startFrom(start);
    actions.goTo('train');
  };
  return (
    <Menu label={`More of ${name}`} className="encoder-menu">
      {run && <Item words="Show its training" disabled={busy && !own} onClick={() => void show()} />}
      {(trained || start) && (
        <Item words="Start training from it" disabled={busy || own} onClick={() => void startFrom()} />
      )}
      {run && (run.status === 'finished' || run.status === 'stopped') && (
        <ExtendRun run={run} disabled={busy} onExtend={(steps) => void actions.extendEncoder(id, steps)} />
      )}
      <MeasureByViews encoder={encoder} />
      {embedded && (run === null || trained) && <Export encoder={encoder} />}
      {run && <Item words="Rename" disabled={own} onClick={onRename} />}
      {(kind === 'run' || kind === 'file' || embedded) && <Item words="Delete…" disabled={own} onClick={onDelete} />}
    </Menu>
  );
}

function Item({ words, disabled, onClick }: { words: string; disabled?: boolean; onClick(): void }) {
  return (
    <button type="button" className="button quiet" disabled={disabled} onClick={onClick}>
      {words}
    </button>
  );
}

/** Takes an encoder out of the browser, as one zip. */
function Export({ encoder: { id, kind, name, run } }: { encoder: Encoder }) {
  const { exportEncoder } = useActions();
  const { store } = useLookalike();
  const dataset = useSelected((state) => currentDataset(state)?.name ?? '');
  const [saving, setSaving] = useState<string | null>(null);
  const save = async (what: string, collected: Promise<Files>): Promise<void> => {
    setSaving(what);
    try {
      await saveZip(fileName(`${dataset} ${name} ${what}`), await collected);
    } catch (cause) {
      tellCause(store, cause);
    } finally {
      setSaving(null);
    }
  };
  const elsewhere = async (): Promise<Files> => {
    const [{ filesElsewhere }, files] = await Promise.all([import('./elsewhere'), exportEncoder(id)]);
    return filesElsewhere(files);
  };
  const item = (words: string, what: string, collect: () => Promise<Files>) => (
    <Item
      words={saving === what ? 'Collecting…' : words}
      disabled={saving !== null}
      onClick={() => void save(what, collect())}
    />
  );
  return (
    <>
      {item(run ? 'Export vectors, labels, weights' : 'Export vectors, labels', '', () => exportEncoder(id))}
      {(run ? !run.representation : kind === 'bundled') &&
        item('Use in transformers.js', 'transformers', () => exportEncoder(id, { transformers: true }))}
      {run && scalesUp(run.config.method) && item('Continue in PyTorch', 'PyTorch', elsewhere)}
    </>
  );
}

/** Where two views of its pictures were not embedded yet: the only measure there is without labels. */
function MeasureByViews({ encoder }: { encoder: Encoder }) {
  const busy = useSelected(runUnderWay);
  const recipe = useSelected(shownRecipe);
  const viewed = useSelected(({ measures }) =>
    measures.baselines.some(({ of, measures: all }) => of === encoder.id && all.some((one) => one.recipe === recipe)),
  );
  const measure = useEmbed(encoder, true);
  return measure && encoder.embedded && !viewed ? (
    <Item words="Measure without labels" disabled={busy} onClick={measure} />
  ) : null;
}
