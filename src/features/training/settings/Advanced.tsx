import { useEffect } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { NumberInput } from '../../../widgets/NumberInput';
import { Augmentation } from './Augmentation';
import { Setting, SettingRow } from './Setting';
import { GROUPS, isAdvanced, isUseful } from './settingFields';

/** The settings that few users need. A problem in one of them opens them all. */
export function Advanced({ config }: { config: RunConfig }) {
  const open = useSelected((state) => state.advanced);
  const wrong = useSelected(({ settings }) => settings.problems.some(({ field }) => isAdvanced(field)));
  const { openAdvanced } = useActions();
  useEffect(() => {
    if (wrong) openAdvanced(true);
  }, [wrong, openAdvanced]);
  return (
    <details className="advanced" open={open} onToggle={({ currentTarget }) => openAdvanced(currentTarget.open)}>
      <summary>Advanced</summary>
      {GROUPS.map(({ title, fields }) => (
        <section key={title}>
          <h3>{title}</h3>
          <div className="setting-list">
            {fields
              .filter(({ field }) => isUseful(field, config))
              .map((setting) => (
                <Setting key={setting.field} setting={setting} config={config} />
              ))}
            {title === 'Method' && isUseful('keyMomentum', config) && <KeyMomentum config={config} />}
            {title === 'Method' && isUseful('neighbours', config) && <Neighbours config={config} />}
          </div>
        </section>
      ))}
      <section>
        <h3>Augmentation</h3>
        <Augmentation config={config} />
      </section>
    </details>
  );
}

function KeyMomentum({ config: { keyMomentum } }: { config: RunConfig }) {
  const { configure } = useActions();
  const [first, last] = keyMomentum;
  return (
    <SettingRow field="keyMomentum" label="Key momentum, first and last">
      {(id, describedBy, invalid) => (
        <div className="pair-control">
          <NumberInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={first}
            step={0.001}
            onChange={(value) => configure({ keyMomentum: [value, last] })}
          />
          <NumberInput
            aria-label="Key momentum at the last step"
            aria-invalid={invalid}
            value={last}
            step={0.001}
            onChange={(value) => configure({ keyMomentum: [first, value] })}
          />
        </div>
      )}
    </SettingRow>
  );
}

/** Mutual neighbours that may serve as positives, where the user switches them on. */
const NEIGHBOURS = 10;

function Neighbours({ config: { neighbours } }: { config: RunConfig }) {
  const { configure } = useActions();
  return (
    <SettingRow field="neighbours" label="Positives from mutual neighbours">
      {(id, describedBy, invalid) => (
        <input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          type="checkbox"
          checked={neighbours > 0}
          onChange={({ target }) => configure({ neighbours: target.checked ? NEIGHBOURS : 0 })}
        />
      )}
    </SettingRow>
  );
}
