import { useEffect, useId, useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import type { BackboneName } from '../../core/config';
import type { Run } from '../../core/records';
import {
  type Representation as Chosen,
  type LayerName,
  layersOf,
  layerWords,
  type Pooling,
  pooledBackbone,
  type Reduction,
  STAGES,
  stageOf,
} from '../../core/representation';
import { NumberInput } from '../../widgets/NumberInput';
import { Panel } from '../../widgets/Panel';
import { RepresentationReport } from './RepresentationReport';

const POOLINGS: Record<Pooling, string> = { mean: 'Mean', max: 'Maximum', gem: 'GeM, between the two' };
const REDUCTIONS: Record<Reduction['kind'], string> = {
  none: 'None',
  pca: 'Principal components (PCA)',
  nmf: 'Non-negative parts (NMF)',
};
const REDUCED = { pca: 'principal components', nmf: 'non-negative parts' };
const FIRST_PARTS = 8;

/** Which numbers of the encoder are its embedding: what search, tests and exports use. */
export function Representation() {
  const run = useSelected(({ training }) => training.run);
  const underWay = useSelected(runUnderWay);
  if (!run || run.step === 0)
    return (
      <Panel title="Representation" className="representation">
        <p className="muted small">
          Which layer of a trained encoder is its embedding, and how it is made smaller: chosen here when a run has
          ended.
        </p>
      </Panel>
    );
  return (
    <Panel title="Representation" className="representation">
      <Choice key={run.id} run={run} disabled={underWay} />
    </Panel>
  );
}

function Choice({ run, disabled }: { run: Run; disabled: boolean }) {
  const { represent, stopInterpreting } = useActions();
  const { asked, representation: report } = useSelected(({ interpretation }) => interpretation);
  const message = useSelected(({ training }) => training.message);
  const inUse = run.representation ?? pooledBackbone(run.config.backbone);
  const [chosen, setChosen] = useState<Chosen>(inUse);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in use changes with the run's own word alone.
  useEffect(() => setChosen(inUse), [run.representation]);
  const working = asked.includes('represent');
  const change = (fields: Partial<Chosen>): void => setChosen({ ...chosen, ...fields });
  const { reduction } = chosen;
  return (
    <>
      <p className="small muted">
        Search, tests and exports use {layerWords(inUse, run.config.backbone)}
        {inUse.reduction.kind !== 'none' && `, reduced to ${REDUCED[inUse.reduction.kind]}`}.
      </p>
      <div className="representation-choice">
        <Select
          label="Layer"
          value={chosen.layer}
          choices={layersOf(run.config).map((layer): [LayerName, string] => [
            layer,
            layerTitle(layer, run.config.backbone),
          ])}
          onChoose={(layer) => change({ layer })}
        />
        {stageOf(chosen.layer) !== null && (
          <Select
            label="Pooling"
            value={chosen.pooling}
            choices={Object.entries(POOLINGS) as [Pooling, string][]}
            onChoose={(pooling) => change({ pooling })}
          />
        )}
        <Select
          label="Reduction"
          value={reduction.kind}
          choices={Object.entries(REDUCTIONS) as [Reduction['kind'], string][]}
          onChoose={(kind) => change({ reduction: firstOf(kind) })}
        />
        <ReductionChoice reduction={reduction} onChange={(next) => change({ reduction: next })} />
      </div>
      <div className="lab-controls">
        {working ? (
          <button type="button" className="button" onClick={() => stopInterpreting('represent')}>
            Stop
          </button>
        ) : (
          <>
            <button type="button" className="button" disabled={disabled} onClick={() => represent(chosen)}>
              Use it
            </button>
            <button
              type="button"
              className="button"
              disabled={disabled || !run.representation}
              onClick={() => represent(null)}
            >
              Back to the pooled backbone
            </button>
          </>
        )}
      </div>
      <p className="small muted" aria-live="polite">
        {working ? message : disabled ? 'It can be chosen when the run has ended.' : ''}
      </p>
      {report?.run === run.id && <RepresentationReport report={report} />}
    </>
  );
}

function layerTitle(layer: LayerName, backbone: BackboneName): string {
  const stage = stageOf(layer);
  if (stage !== null) return STAGES[backbone][stage];
  return layer === 'hidden' ? 'Hidden layer of the head' : 'Projection';
}

function firstOf(kind: Reduction['kind']): Reduction {
  switch (kind) {
    case 'none':
      return { kind };
    case 'pca':
      return { kind, dims: null, whiten: false };
    case 'nmf':
      return { kind, parts: FIRST_PARTS };
  }
}

interface ReductionChoiceProps {
  reduction: Reduction;
  onChange(reduction: Reduction): void;
}

/** What a reduction leaves to choose. */
function ReductionChoice({ reduction, onChange }: ReductionChoiceProps) {
  const id = useId();
  if (reduction.kind === 'none') return null;
  if (reduction.kind === 'nmf')
    return (
      <>
        <label htmlFor={id}>Parts</label>
        <NumberInput id={id} step={1} value={reduction.parts} onChange={(parts) => onChange({ ...reduction, parts })} />
      </>
    );
  const { dims } = reduction;
  return (
    <>
      <label htmlFor={`${id}-enough`}>Dimensions</label>
      <span className="pca-dims">
        <select
          id={`${id}-enough`}
          className="field"
          value={dims === null ? 'enough' : 'given'}
          onChange={({ target }) => onChange({ ...reduction, dims: target.value === 'enough' ? null : FIRST_PARTS })}
        >
          <option value="enough">As many as explain 95 %</option>
          <option value="given">This many:</option>
        </select>
        {dims !== null && (
          <NumberInput
            aria-label="Number of dimensions"
            step={1}
            value={dims}
            onChange={(given) => onChange({ ...reduction, dims: given })}
          />
        )}
      </span>
      <label htmlFor={`${id}-whiten`}>Whitened</label>
      <input
        id={`${id}-whiten`}
        type="checkbox"
        checked={reduction.whiten}
        onChange={({ target }) => onChange({ ...reduction, whiten: target.checked })}
      />
    </>
  );
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChoose(value: T): void;
}

function Select<T extends string>({ label, value, choices, onChoose }: SelectProps<T>) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find(([one]) => one === target.value);
          if (chosen) onChoose(chosen[0]);
        }}
      >
        {choices.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}
