import { useActions } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { NumberInput } from '../../../widgets/NumberInput';
import { Augmentation } from './Augmentation';
import { FrozenStages } from './FrozenStages';
import { Setting, SettingRow } from './Setting';
import { Steps } from './Steps';
import { GROUPS, isUseful } from './settingFields';

/** The values of a run in groups, each with why it is as it is. */
export function SettingFields({ config }: { config: RunConfig }) {
  return (
    <>
      {GROUPS.map(({ title, fields }) => (
        <section key={title}>
          <h3>{title}</h3>
          <div className="setting-list">
            {title === 'Network' && config.start !== null && <FrozenStages config={config} />}
            {title === 'Learning' && <Steps config={config} />}
            {fields
              .filter(({ field }) => isUseful(field, config))
              .map((setting) => (
                <Setting key={setting.field} setting={setting} config={config} />
              ))}
            {title === 'Method' && isUseful('keyMomentum', config) && <KeyMomentum config={config} />}
            {title === 'Method' && isUseful('neighbours', config) && <NeighboursSetting config={config} />}
          </div>
        </section>
      ))}
      <section>
        <h3>Variations of a picture</h3>
        <Augmentation config={config} />
      </section>
    </>
  );
}

function KeyMomentum({ config: { keyMomentum } }: { config: RunConfig }) {
  const { configure } = useActions();
  const [first, last] = keyMomentum;
  return (
    <SettingRow field="keyMomentum" label="Key momentum, first and last" symbol="m">
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

function NeighboursSetting({ config: { neighbours } }: { config: RunConfig }) {
  const { configure } = useActions();
  return (
    <SettingRow field="neighbours" label="Learn from look-alikes too">
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
