import { useActions, useSelected } from '../app/store/hooks';
import type { Theme } from '../app/store/slices';
import { Icon, type IconName } from '../widgets/Icon';

const THEMES: Record<Theme, { next: Theme; icon: IconName; words: string }> = {
  system: { next: 'light', icon: 'half', words: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', words: 'Theme: light' },
  dark: { next: 'system', icon: 'moon', words: 'Theme: dark' },
};

/** Goes through the themes. `worded`: with words, as a line of a menu. */
export function ThemeButton({ worded = false }: { worded?: boolean }) {
  const { setTheme } = useActions();
  const { next, icon, words } = THEMES[useSelected((state) => state.theme)];
  return (
    <button
      type="button"
      className={worded ? 'button quiet theme-line' : 'button quiet icon theme-button'}
      title={worded ? undefined : words}
      aria-label={words}
      onClick={() => setTheme(next)}
    >
      <Icon name={icon} />
      {worded && words}
    </button>
  );
}
