import type { RunConfig } from '../core/config';
import { STAGES } from '../core/representation';
import { useActions } from '../state/hooks';
import { SettingRow } from './Setting';

/** Up to which stage the backbone stays as it is. */
export function FrozenStages({ config: { backbone, frozen } }: { config: RunConfig }) {
  const { configure } = useActions();
  return (
    <SettingRow field="frozen" label="Parts that do not learn">
      {(id, describedBy, invalid) => (
        <select
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className="field"
          value={frozen}
          onChange={({ target }) => configure({ frozen: Number(target.value) })}
        >
          <option value={0}>None</option>
          {STAGES[backbone].map((name, i) => (
            <option key={name} value={i + 1}>
              {i === 0 ? `The ${name}` : `Up to ${name}`}
            </option>
          ))}
        </select>
      )}
    </SettingRow>
  );
}
