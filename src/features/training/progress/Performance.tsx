import { useSelected, useStepReports } from '../../../app/store/hooks';
import { isTraining } from '../../../app/store/store';
import { DEFINITIONS } from '../../../app/terms/definitions';
import { readRate } from '../../../app/terms/rate';
import { bytes, count, milliseconds } from '../../../core/amounts';
import type { Performance as Costs, DeviceFeature } from '../../../core/performance';
import { BarList } from '../../../widgets/BarList';
import { Panel } from '../../../widgets/Panel';
import { Term } from '../../../widgets/Term';
import { featureState, kernelLines, stepShape, timedWords, untimedWords } from './performanceWords';

/** How fast the run is, beside what its device could do, and what takes the time. */
export function Performance() {
  const run = useSelected((state) => state.training.run);
  const costs = useSelected((state) => state.performance);
  const { imagesPerSecond } = useStepReports(readRate);
  if (!run) return null;
  return (
    <Panel title="Performance" className="performance">
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
