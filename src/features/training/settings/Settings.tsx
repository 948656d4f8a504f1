import { useId } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import { runUnderWay } from '../../../app/store/store';
import type { RecipeName, RunConfig } from '../../../core/config';
import { RECIPE_WORDS } from '../../../core/presets';
import { NumberInput } from '../../../widgets/NumberInput';
import { Panel } from '../../../widgets/Panel';
import { Advanced } from './Advanced';
import { Effort } from './Effort';
import { FrozenStages } from './FrozenStages';
import { MethodChoice } from './MethodChoice';
import { SettingRow } from './Setting';
import { StartFrom } from './StartFrom';

/** Every value of the next run, chosen from the pictures and the device, each with a reason, each to be changed. */
export function Settings() {
  const chosen = useSelected((state) => state.settings.config);
  const edited = useSelected((state) => Object.keys(state.settings.edited).length > 0);
  const underWay = useSelected(runUnderWay);
  const running = useSelected((state) => state.training.run?.config ?? null);
  const actions = useActions();
  const config = underWay && running ? running : chosen;
  if (!config)
    return (
      <Panel title="Settings" className="settings">
        <p className="muted">They are chosen from your pictures, as soon as there are some.</p>
      </Panel>
    );
  const reset = (
    <button type="button" className="button quiet" disabled={!edited || underWay} onClick={actions.resetSettings}>
      Reset to defaults
    </button>
  );
  return (
    <Panel title="Settings" className="settings" actions={reset}>
      {underWay && <p className="callout">A run is under way with these. They can be changed when it has ended.</p>}
      <fieldset className="bare" disabled={underWay}>
        <legend className="visually-hidden">Values of the next run</legend>
        <MethodChoice preset={config.preset} onChange={actions.usePreset} />
        <div className="in-sight">
          <StartFrom config={config} />
          {config.start !== null && <FrozenStages config={config} />}
          <Steps config={config} />
          <Effort config={config} />
        </div>
        <Recipes recipe={config.recipe} />
        <Advanced config={config} />
      </fieldset>
    </Panel>
  );
}

function Recipes({ recipe }: { recipe: RecipeName }) {
  const actions = useActions();
  return <Choice legend="Kind of pictures" value={recipe} options={RECIPE_WORDS} onChange={actions.useRecipe} />;
}

interface ChoiceProps<Value extends string> {
  legend: string;
  value: Value;
  options: Record<Value, { title: string; about: string }>;
  onChange: (value: Value) => void;
}

/** A few alternatives side by side, with what the chosen one means. */
function Choice<Value extends string>({ legend, value, options, onChange }: ChoiceProps<Value>) {
  const name = useId();
  const keys = Object.keys(options) as Value[];
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="segments">
        {keys.map((key) => (
          <label key={key} className="segment">
            <input type="radio" name={name} value={key} checked={key === value} onChange={() => onChange(key)} />
            <span>{options[key].title}</span>
          </label>
        ))}
      </div>
      <p className="small muted">{options[value].about}</p>
    </fieldset>
  );
}

/** Steps for the end that an open-ended run is given when the switch is turned back. */
const FIRST_LOOK = 600;

function Steps({ config }: { config: RunConfig }) {
  const { configure } = useActions();
  const open = config.steps === null;
  return (
    <SettingRow field="steps" label="Steps">
      {(id, describedBy, invalid) => (
        <div className="steps-control">
          <NumberInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            disabled={open}
            value={config.steps ?? FIRST_LOOK}
            step={100}
            onChange={(steps) => configure({ steps })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={open}
              onChange={({ target }) => configure({ steps: target.checked ? null : FIRST_LOOK })}
            />
            open end
          </label>
        </div>
      )}
    </SettingRow>
  );
}
