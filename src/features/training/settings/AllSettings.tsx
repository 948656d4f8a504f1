import { type ReactNode, useEffect } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { MethodChoice } from './MethodChoice';
import { SettingFields } from './SettingFields';
import { isOnCard } from './settingFields';

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
