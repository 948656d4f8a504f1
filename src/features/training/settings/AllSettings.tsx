import { type ReactNode, useEffect, useId } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { Preset, RunConfig } from '../../../core/config';
import { PRESET_WORDS } from '../../../core/presets';
import { SettingFields } from './SettingFields';
import { isOnCard } from './settingFields';

const PRESETS = Object.keys(PRESET_WORDS) as Preset[];

const KINDS: { title: string; presets: Preset[] }[] = [
  { title: 'Compare views', presets: PRESETS.filter((preset) => !/ae$/.test(preset)) },
  { title: 'Give pictures back', presets: PRESETS.filter((preset) => /ae$/.test(preset)) },
];

/** How the encoder is to learn, with what each way means in plain words. */
function MethodChoice({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  const reason = useSelected((state) => state.settings.reasons.preset);
  const id = useId();
  return (
    <div className="method-choice">
      <label htmlFor={id}>Method</label>
      <select
        id={id}
        className="field"
        value={preset}
        aria-describedby={`${id}-about`}
        onChange={({ target }) => onChange(target.value as Preset)}
      >
        {KINDS.map(({ title, presets }) => (
          <optgroup key={title} label={title}>
            {presets.map((one) => (
              <option key={one} value={one}>
                {PRESET_WORDS[one].title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p id={`${id}-about`} className="small muted">
        {PRESET_WORDS[preset].about} {reason}
      </p>
    </div>
  );
}

/** Every other value of the next run, one click away. A problem in one of them opens them all. */
export function AllSettings({ config, device }: { config: RunConfig; device: ReactNode }) {
  const open = useSelected((state) => state.advanced);
  const edited = useSelected((state) => Object.keys(state.settings.edited).length > 0);
  const wrong = useSelected(({ settings }) => settings.problems.some(({ field }) => !isOnCard(field)));
  const { openAdvanced, usePreset, resetSettings } = useActions();
  useEffect(() => {
    if (wrong) openAdvanced(true);
  }, [wrong, openAdvanced]);
  return (
    <details className="disclosure" open={open} onToggle={({ currentTarget }) => openAdvanced(currentTarget.open)}>
      <summary>All settings</summary>
      {open && (
        <section className="settings" aria-label="Settings">
          <div className="settings-head">
            <MethodChoice preset={config.preset} onChange={usePreset} />
            <button type="button" className="button quiet" disabled={!edited} onClick={resetSettings}>
              Reset to defaults
            </button>
          </div>
          <SettingFields config={config} />
          {device}
        </section>
      )}
    </details>
  );
}
