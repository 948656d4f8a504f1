import { type ReactNode, useId } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { NumberInput } from '../../../widgets/NumberInput';
import type { SettingField } from './settingFields';

interface RowProps {
  field: keyof RunConfig;
  label: string;
  /** The papers' term or symbol, shown to experts. */
  symbol?: string;
  /** The control stands below the name, in full width. */
  wide?: boolean;
  /** The control, given its id and the ids of what describes it. */
  children: (id: string, describedBy: string, invalid: boolean) => ReactNode;
}

/** One setting: its name, its control, what is wrong with it, and why it is as it is. */
export function SettingRow({ field, label, symbol, wide, children }: RowProps) {
  const expert = useSelected((state) => state.expert);
  const reason = useSelected((state) => state.settings.reasons[field]);
  const problem = useSelected((state) => state.settings.problems.find((found) => found.field === field)?.message);
  const id = useId();
  return (
    <div className={`setting${problem ? ' invalid' : ''}${wide ? ' wide' : ''}`}>
      <label htmlFor={id}>
        {label}
        {expert && symbol && <span className="muted"> ({symbol})</span>}
      </label>
      {children(id, `${id}-problem ${id}-why`, problem !== undefined)}
      {problem && (
        <p id={`${id}-problem`} className="setting-problem small">
          {problem}
        </p>
      )}
      {reason && (
        <p id={`${id}-why`} className="setting-why small muted">
          {reason}
        </p>
      )}
    </div>
  );
}

export function Setting({ setting, config }: { setting: SettingField; config: RunConfig }) {
  const { configure } = useActions();
  const { field, label, symbol } = setting;
  return (
    <SettingRow field={field} label={label} symbol={symbol}>
      {(id, describedBy, invalid) => {
        const shared = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid };
        switch (setting.kind) {
          case 'number':
            return (
              <NumberInput
                {...shared}
                value={config[setting.field]}
                step={setting.whole ? (setting.step ?? 1) : setting.step}
                onChange={(value) => configure({ [field]: value })}
              />
            );
          case 'choice':
            return (
              <select
                {...shared}
                className="field"
                value={String(config[setting.field])}
                onChange={({ target }) => {
                  const chosen = setting.choices.find(([value]) => String(value) === target.value);
                  if (chosen) configure({ [field]: chosen[0] });
                }}
              >
                {setting.choices.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            );
          case 'switch':
            return (
              <input
                {...shared}
                type="checkbox"
                checked={config[setting.field]}
                onChange={({ target }) => configure({ [field]: target.checked })}
              />
            );
        }
      }}
    </SettingRow>
  );
}
