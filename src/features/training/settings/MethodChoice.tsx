import { useId } from 'react';
import { useSelected } from '../../../app/store/hooks';
import type { Preset } from '../../../core/config';
import { PRESET_WORDS } from '../../../core/presets';

const PRESETS = Object.keys(PRESET_WORDS) as Preset[];

const KINDS: { title: string; presets: Preset[] }[] = [
  { title: 'Compare views', presets: PRESETS.filter((preset) => !/ae$/.test(preset)) },
  { title: 'Give pictures back', presets: PRESETS.filter((preset) => /ae$/.test(preset)) },
];

/** How the encoder is to learn, with what each way means in plain words. */
export function MethodChoice({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
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
