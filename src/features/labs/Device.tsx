import { useId } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import type { BackendChoice } from '../../core/config';
import type { DeviceReport } from '../../core/records';

const CHOICES: Record<BackendChoice, string> = {
  auto: 'Best there is',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript',
};

/** 'WebAssembly, 2 threads'; a name that says its kind itself stands alone. */
function named({ backend, name }: DeviceReport): string {
  const kind = CHOICES[backend as BackendChoice] ?? backend;
  return name.startsWith(kind) ? name : `${kind}, ${name}`;
}

/** Which device trains and why, and the choice of another. */
export function Device() {
  const { report, choice, allowSoftware } = useSelected((state) => state.device);
  const phase = useSelected((state) => state.training.phase);
  const underWay = useSelected(runUnderWay);
  const actions = useActions();
  const id = useId();
  const looking = phase === 'starting' ? 'Choosing what trains …' : 'No device could be used. Choose another one.';
  return (
    <div className="device">
      <p className="small">
        {report ? (
          <>
            <strong>{named(report)}.</strong> <span className="muted">{report.why}</span>
          </>
        ) : (
          looking
        )}
      </p>
      <details>
        <summary>Choose what trains</summary>
        <div className="device-choice">
          <label htmlFor={id}>Device</label>
          <select
            id={id}
            className="field"
            value={choice}
            disabled={underWay}
            onChange={({ target }) => actions.chooseBackend(target.value as BackendChoice)}
          >
            {Object.entries(CHOICES).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <label className="check">
            <input
              type="checkbox"
              checked={allowSoftware}
              disabled={underWay}
              onChange={({ target }) => actions.chooseBackend(choice, target.checked)}
            />
            WebGPU in software as well
          </label>
        </div>
        {underWay && <p className="small muted">Fixed while a run is under way.</p>}
        {report && report.passedOver.length > 0 && (
          <ul className="small muted">
            {report.passedOver.map(({ backend, reason }) => (
              <li key={backend}>
                {CHOICES[backend as BackendChoice] ?? backend}: {reason}
              </li>
            ))}
          </ul>
        )}
      </details>
    </div>
  );
}
