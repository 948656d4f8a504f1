import { useActions, useSelected } from '../../app/store/hooks';
import type { ExploreMode } from '../../app/store/slices';
import { Icon, type IconName } from '../../widgets/Icon';

const MODES: readonly { mode: ExploreMode; name: string; about: string; icon: IconName }[] = [
  { mode: 'pictures', name: 'Grid', about: 'All pictures', icon: 'grid' },
  { mode: 'map', name: 'Map', about: 'Similar pictures lie together', icon: 'map' },
  {
    mode: 'tidy',
    name: 'Tidy up',
    about: 'Clusters, duplicates, unusual and mislabelled pictures, a diverse sample',
    icon: 'tidy',
  },
];

/** How the pictures are shown. */
export function ModeChoice() {
  const { browse } = useActions();
  const shown = useSelected((state) => state.browse.mode);
  return (
    <fieldset className="mode-choice">
      <legend className="visually-hidden">View</legend>
      {MODES.map(({ mode, name, about, icon }) => (
        <button
          key={mode}
          type="button"
          aria-pressed={mode === shown}
          aria-label={name}
          title={`${name}: ${about}`}
          onClick={() => browse({ mode })}
        >
          <Icon name={icon} />
          <span className="mode-name small">{name}</span>
        </button>
      ))}
    </fieldset>
  );
}
