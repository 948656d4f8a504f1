import { useSelected } from '../../../app/store/hooks';
import { count, significant } from '../../../core/amounts';
import type { RunConfig } from '../../../core/config';
import { PRESET_WORDS, RECIPE_WORDS } from '../../../core/presets';
import { frozenWords } from '../../../core/stages';
import { startTitle } from '../../../core/start_words';
import { Panel } from '../../../widgets/Panel';
import { GROUPS, isUseful, type SettingField } from '../settings/settingFields';

function valueWords(setting: SettingField, config: RunConfig): string {
  if (setting.kind === 'switch') return config[setting.field] ? 'yes' : 'no';
  if (setting.kind === 'number') return significant(config[setting.field], 4);
  const value = config[setting.field];
  return setting.choices.find(([one]) => one === value)?.[1] ?? String(value);
}

/** What the run on the page was started with. */
export function RunSettings() {
  const config = useSelected((state) => state.training.run?.config ?? null);
  if (!config) return null;
  const { preset, start, recipe, steps } = config;
  const rows: [string, string][] = [
    ['Method', PRESET_WORDS[preset].title],
    ['Start from', startTitle(start)],
    ...(start ? [['Frozen layers', frozenWords(config)] as [string, string]] : []),
    ['Kind of pictures', RECIPE_WORDS[recipe].title],
    ['Steps', steps === null ? 'open end' : count(steps)],
    ...GROUPS.flatMap(({ fields }) =>
      fields
        .filter(({ field }) => isUseful(field, config))
        .map((setting): [string, string] => [setting.label, valueWords(setting, config)]),
    ),
  ];
  return (
    <Panel title="Settings of this run" className="run-settings">
      <dl className="small">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt className="muted">{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
