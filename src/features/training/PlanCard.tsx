import { type ReactNode, useId } from 'react';
import { obstacle } from '../../app/session/obstacle';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { duration } from '../../core/amounts';
import type { RunConfig } from '../../core/config';
import { RECIPE_WORDS } from '../../core/presets';
import type { Dataset } from '../../core/records';
import { keptCount } from '../../core/set_aside';
import { aboutSeconds, runSeconds } from '../../core/training_cost';
import { planWords } from './planWords';
import { AllSettings } from './settings/AllSettings';
import { Choice } from './settings/Choice';
import { efforts } from './settings/efforts';
import { StartFrom } from './settings/StartFrom';
import { settingLabel } from './settings/settingFields';

/** What will happen, how long it takes, three choices, and Start. */
export function PlanCard({ device }: { device: ReactNode }) {
  const config = useSelected((state) => state.settings.config);
  const dataset = useSelected(currentDataset);
  if (!config || !dataset) return <p className="muted">Add pictures first.</p>;
  return <Plan config={config} dataset={dataset} device={device} />;
}

function Plan({ config, dataset, device }: { config: RunConfig; dataset: Dataset; device: ReactNode }) {
  const actions = useActions();
  const why = useSelected(({ settings }) => (settings.edited.recipe ? undefined : settings.reasons.recipe));
  const imagesPerSecond = useSelected((state) => state.device.report?.imagesPerSecond ?? 0);
  const id = useId();
  const facts = { ...dataset, count: keptCount(dataset), imagesPerSecond };
  const seconds = runSeconds(config, facts);
  const choices = efforts(config, facts);
  return (
    <>
      <p className="plan-headline">{planWords(config, facts.count)}</p>
      <p className="plan-time muted">
        {seconds !== null && `About ${duration(aboutSeconds(seconds))} on this computer. `}
        {config.steps === null && 'It trains until you stop it. '}
        It becomes one more model in your list, measured beside the one in use, and replaces none.
      </p>
      <div className="plan-choices">
        <Choice
          legend="Kind of pictures"
          value={config.recipe}
          options={RECIPE_WORDS}
          onChange={actions.useRecipe}
          why={why}
        />
        <StartFrom config={config} />
        <fieldset className="choice effort">
          <legend>How thoroughly</legend>
          {choices.map(({ title, values, about, seconds: takes, chosen, possible }) => (
            <label key={title} className="effort-choice">
              <input
                type="radio"
                name={id}
                disabled={!possible}
                checked={chosen}
                onChange={() => actions.configure(values)}
              />
              <span>
                {title}
                {takes !== null && <span className="muted">, about {duration(aboutSeconds(takes))}</span>}
              </span>
              <span className="small muted">{about}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <StartButton />
      <AllSettings config={config} device={device} />
    </>
  );
}

function StartButton() {
  const { start } = useActions();
  const why = useSelected(obstacle);
  // Of a setting that does not fit: its name, as it may be out of sight.
  const problem = useSelected(({ settings }) => {
    const [first] = settings.problems;
    return first && first.message === why ? (settingLabel(first.field) ?? 'Settings') : '';
  });
  return (
    <div className="button-row">
      <button type="button" className="button primary large" disabled={why !== ''} onClick={() => void start()}>
        Start training
      </button>
      {why && (
        <p className={problem ? 'small setting-problem' : 'small muted'}>{problem ? `${problem}: ${why}` : why}</p>
      )}
    </div>
  );
}
