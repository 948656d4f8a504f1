import { addressOfScreen, type Screen } from '../app/session/route';
import { useActions, useSelected } from '../app/store/hooks';
import { Icon, type IconName } from '../widgets/Icon';

const TABS: readonly { screen: Screen; words: string; icon: IconName }[] = [
  { screen: 'explore', words: 'Explore', icon: 'grid' },
  { screen: 'train', words: 'Train', icon: 'curve' },
  { screen: 'models', words: 'Models', icon: 'compare' },
  { screen: 'labels', words: 'Labels', icon: 'tag' },
  { screen: 'labs', words: 'Labs', icon: 'flask' },
];

/** The screens, each with an address; a bar at the bottom of a phone. */
export function Tabs() {
  const { goTo } = useActions();
  const screen = useSelected((state) => state.screen);
  const expert = useSelected((state) => state.expert);
  const shown = screen === 'compare' ? 'models' : screen;
  return (
    <nav className="tabs" aria-label="Screens">
      {TABS.filter((tab) => tab.screen !== 'labs' || expert).map((tab) => (
        <a
          key={tab.screen}
          href={addressOfScreen(tab.screen)}
          aria-current={tab.screen === shown ? 'page' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            goTo(tab.screen);
          }}
        >
          <Icon name={tab.icon} />
          {tab.words}
        </a>
      ))}
    </nav>
  );
}
