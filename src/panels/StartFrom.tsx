import { useRef } from 'react';
import { isBundled, type RunConfig } from '../core/config';
import { PRETRAINED } from '../core/pretrained';
import { useActions, useSelected } from '../state/hooks';
import { SettingRow } from './Setting';

const RANDOM = '';

/** What a run begins with: a network that comes with the page, random weights, or a file of a backbone that has learned before. */
export function StartFrom({ config }: { config: RunConfig }) {
  const weights = useSelected((state) => state.weights);
  const { startFrom, takeWeights } = useActions();
  const input = useRef<HTMLInputElement>(null);
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
                {title}, comes with the page
              </option>
            ))}
            <option value={RANDOM}>Random weights</option>
            {weights.map(({ name, sha256 }) => (
              <option key={sha256} value={sha256}>
                {name}
              </option>
            ))}
          </select>
          <button type="button" className="button quiet" onClick={() => input.current?.click()}>
            Choose weights
          </button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".safetensors"
            data-testid="weights-input"
            aria-label="File of weights"
            onChange={({ target }) => {
              const file = target.files?.[0];
              target.value = '';
              if (file) void takeWeights(file);
            }}
          />
        </div>
      )}
    </SettingRow>
  );
}
