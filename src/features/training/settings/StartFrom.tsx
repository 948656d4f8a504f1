import { AddWeights } from '../../../app/encoders/AddWeights';
import { useActions, useSelected } from '../../../app/store/hooks';
import { isBundled, type RunConfig } from '../../../core/config';
import { PRETRAINED } from '../../../core/pretrained';
import { SettingRow } from './Setting';

const RANDOM = '';

/** What a run begins with: a network that comes with the page, random weights, or a file of a backbone that has learned before. */
export function StartFrom({ config }: { config: RunConfig }) {
  const weights = useSelected((state) => state.weights);
  const { startFrom } = useActions();
  return (
    <SettingRow field="start" label="Start from">
      {(id, describedBy, invalid) => (
        <div className="steps-control">
          <select
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className="field"
            value={isBundled(config.start) ? config.start.bundled : (config.start?.sha256 ?? RANDOM)}
            onChange={({ target: { value } }) => {
              const network = PRETRAINED.find(({ name }) => name === value)?.name;
              startFrom(network ?? weights.find(({ sha256 }) => sha256 === value) ?? null);
            }}
          >
            {PRETRAINED.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
            <option value={RANDOM}>Random weights</option>
            {weights.map(({ name, sha256 }) => (
              <option key={sha256} value={sha256}>
                {name}
              </option>
            ))}
          </select>
          <AddWeights
            words="Use a file of weights…"
            className="link small"
            label="File of weights"
            testId="weights-input"
          />
        </div>
      )}
    </SettingRow>
  );
}
