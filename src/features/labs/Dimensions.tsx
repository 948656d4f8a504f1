import { useState } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { counted, decimals, percent } from '../../core/amounts';
import type { BiasSummary, DimensionSummary } from '../../core/interpretation';
import { Panel } from '../../widgets/Panel';
import { DimensionDetails } from './DimensionDetails';

type Order = 'place' | 'deviation' | 'follows';

const ORDERS: Record<Order, string> = {
  place: 'in their order',
  deviation: 'those that vary most first',
  follows: 'those that follow brightness and the like first',
};

const COMPARE: Record<Order, (a: DimensionSummary, b: DimensionSummary) => number> = {
  place: (a, b) => a.dimension - b.dimension,
  deviation: (a, b) => b.deviation - a.deviation,
  follows: (a, b) => Math.abs(b.follows.correlation) - Math.abs(a.follows.correlation),
};

/** Every dimension of the embedding explains itself; what the embedding follows without anyone wanting it. */
export function Dimensions() {
  const { interpretDimensions, stopInterpreting } = useActions();
  const { asked, dimensions: report } = useSelected(({ interpretation }) => interpretation);
  const message = useSelected(({ training }) => training.message);
  const device = useSelected((state) => state.device.report !== null);
  const underWay = useSelected(runUnderWay);
  const [order, setOrder] = useState<Order>('deviation');
  const [opened, setOpened] = useState<number | null>(null);
  const working = asked.includes('dimensions');
  const button = working ? (
    <button type="button" className="button" onClick={() => stopInterpreting('dimensions')}>
      Stop
    </button>
  ) : (
    <button type="button" className="button" disabled={underWay || !device} onClick={interpretDimensions}>
      {report ? 'Explain again' : 'Explain them'}
    </button>
  );
  const sorted = report ? [...report.dimensions].sort(COMPARE[order]) : [];
  const shown = sorted.find(({ dimension }) => dimension === opened) ?? sorted[0];
  return (
    <Panel title="Dimensions" className="dimensions" actions={button}>
      {!report && (
        <p className="small muted" aria-live="polite">
          {working
            ? message
            : underWay
              ? 'The dimensions can be explained when the run has ended.'
              : 'What does each dimension of the embedding stand for? And does it follow brightness, colour, sharpness or size, which nobody asked it to?'}
        </p>
      )}
      {report && shown && (
        <>
          <p className="small muted">
            {counted(report.dimensions.length, 'dimension')} of {report.about}.
          </p>
          <Biases biases={report.biases} onOpen={setOpened} />
          <p className="small muted">{report.protocol}</p>
          <div className="dimension-choice">
            <label>
              <span>Dimension</span>
              <select
                className="field"
                value={shown.dimension}
                onChange={({ target }) => setOpened(Number(target.value))}
              >
                {sorted.map(({ dimension, follows }) => (
                  <option key={dimension} value={dimension}>
                    {dimension + 1}: {follows.name} {decimals(follows.correlation, 2)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>Listed</span>
              <select className="field" value={order} onChange={({ target }) => setOrder(target.value as Order)}>
                {Object.entries(ORDERS).map(([one, words]) => (
                  <option key={one} value={one}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <DimensionDetails key={shown.dimension} summary={shown} places={report.places} />
        </>
      )}
    </Panel>
  );
}

interface BiasesProps {
  biases: readonly BiasSummary[];
  onOpen(dimension: number): void;
}

/** How much of each property can be read from the whole embedding, and which dimension follows it most. */
function Biases({ biases, onOpen }: BiasesProps) {
  return (
    <div className="table-scroll">
      <table className="measure-table stacking">
        <thead>
          <tr>
            <th scope="col">The embedding follows</th>
            <th scope="col">Explained</th>
            <th scope="col">Most by dimension</th>
          </tr>
        </thead>
        <tbody>
          {biases.map(({ name, explained, dimension, correlation, text }) => (
            <tr key={name} title={text}>
              <th scope="row">{name}</th>
              <td className="figure" data-label="Explained">
                {Number.isNaN(explained) ? 'all the same' : percent(Math.max(0, explained))}
              </td>
              <td className="figure" data-label="Most by dimension">
                <button type="button" className="link" onClick={() => onOpen(dimension)}>
                  {dimension + 1}
                </button>{' '}
                ({decimals(correlation, 2)})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
