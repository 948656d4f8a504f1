import { useState } from 'react';
import { tellCause } from '../../../app/store/faults';
import { useActions, useLookalike, useSelected, useStepReports } from '../../../app/store/hooks';
import { isTraining } from '../../../app/store/store';
import { DEFINITIONS } from '../../../app/terms/definitions';
import { readRate } from '../../../app/terms/rate';
import { bytes, count, milliseconds } from '../../../core/amounts';
import type { Performance as Costs, DeviceFeature, RecordedPerformance } from '../../../core/performance';
import { BarList } from '../../../widgets/BarList';
import { Panel } from '../../../widgets/Panel';
import { Term } from '../../../widgets/Term';
import { performanceReport } from './performanceReport';
import { featureState, kernelLines, stepShape, timedWords, untimedWords } from './performanceWords';

const MEASURE_ANEW = 'The fastest kernels for each layer are measured once and kept. The next run measures them again.';

/** How fast the run is, beside what its device could do, and what takes the time. */
export function Performance() {
  const run = useSelected((state) => state.training.run);
  const costs = useSelected((state) => state.performance);
  const { imagesPerSecond } = useStepReports(readRate);
  if (!run) return null;
  return (
    <Panel title="Performance" className="performance" actions={costs?.recorded && <Report costs={costs.recorded} />}>
      <dl className="figures">
        <div>
          <dt>Images/s</dt>
          <dd className="figure">{imagesPerSecond > 0 ? count(imagesPerSecond) : '–'}</dd>
        </div>
        <div>
          <dt>
            <Term definition={DEFINITIONS.memory}>Memory held</Term>
          </dt>
          <dd className="figure">{costs ? bytes(costs.bytesHeld) : '–'}</dd>
        </div>
      </dl>
      {costs ? (
        <Details costs={costs} />
      ) : (
        <p className="small muted">What a step costs is measured while it trains.</p>
      )}
    </Panel>
  );
}

/** For whoever has such a device and tells others: no picture and no name of one is in it. */
function Report({ costs }: { costs: RecordedPerformance }) {
  const { store } = useLookalike();
  const { measureKernelsAnew } = useActions();
  const { imagesPerSecond } = useStepReports(readRate);
  const device = useSelected((state) => state.device.report);
  const config = useSelected((state) => state.training.run?.config);
  const [copied, setCopied] = useState(false);
  if (!device || !config) return null;
  const text = () => performanceReport({ device, config, costs, imagesPerSecond, browser: navigator.userAgent });
  return (
    <>
      {device.backend === 'webgpu' && !device.software && (
        <button type="button" className="button quiet" title={MEASURE_ANEW} onClick={() => void measureKernelsAnew()}>
          Measure kernels anew
        </button>
      )}
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          navigator.clipboard.writeText(text()).then(
            () => setCopied(true),
            (cause: unknown) => tellCause(store, cause),
          );
        }}
      >
        {copied ? 'Copied' : 'Copy report'}
      </button>
    </>
  );
}

function Details({ costs: { recorded } }: { costs: Costs }) {
  const training = useSelected(isTraining);
  const lines = recorded?.kernels ? kernelLines(recorded.kernels) : [];
  return (
    <>
      <h3>Where a step’s time goes</h3>
      {recorded?.kernels ? (
        <>
          <BarList
            label="Milliseconds of a step by kernel"
            bars={lines.map((line) => ({
              label: line.label,
              note: line.launches === 1 ? '' : `× ${count(line.launches)}`,
              share: line.share,
              words: milliseconds(line.milliseconds),
            }))}
          />
          <p className="small muted">
            {timedWords(recorded.timedSteps, lines)} {stepShape(recorded)}, {bytes(recorded.bytesMoved)} read and
            written.
          </p>
        </>
      ) : (
        <p className="small muted">{untimedWords(recorded, training)}</p>
      )}
      {recorded && recorded.features.length > 0 && <Features features={recorded.features} />}
    </>
  );
}

function Features({ features }: { features: readonly DeviceFeature[] }) {
  return (
    <>
      <h3>Features of the device</h3>
      <dl className="features small">
        {features.map((feature) => (
          <div key={feature.name}>
            <dt>
              <code>{feature.name}</code>{' '}
              <span className={feature.used ? 'used' : 'muted'}>{featureState(feature)}</span>
            </dt>
            <dd className="muted">{feature.why}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
