import { useState } from 'react';
import { saveZip } from '../../app/encoders/saveZip';
import { tellCause } from '../../app/store/faults';
import { useActions, useLookalike, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { fileName } from '../../widgets/download';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';

/** Takes a run out of the browser: embeddings, list of pictures, weights, curve and report. */
export function Export() {
  const { exportRun } = useActions();
  const { store } = useLookalike();
  const run = useSelected(({ training }) => training.run);
  const name = useSelected((state) => currentDataset(state)?.name ?? '');
  const [busy, setBusy] = useState(false);
  const ready = run !== null && run.step > 0;
  const save = async (): Promise<void> => {
    if (!run) return;
    setBusy(true);
    try {
      const files = await exportRun(run.id);
      await saveZip(`${fileName(name)}-step-${run.step}`, files);
    } catch (cause) {
      tellCause(store, cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title="Export" className="export">
      <button type="button" className="button" disabled={!ready || busy} onClick={() => void save()}>
        <Icon name="save" />
        {busy ? 'Collecting…' : 'Save embeddings and weights'}
      </button>
      <p className="small muted">
        {ready
          ? 'One zip: embeddings.npy and images.csv for numpy and spreadsheets, model.safetensors with torchvision’s names, loss.csv and report.json.'
          : 'After the first checkpoint of a run its embeddings, weights, curve and report can be saved here.'}
      </p>
    </Panel>
  );
}
