import type { Theme } from '../store/slices';
import type { Parts } from './parts';

const THEME = 'lookalike.theme';

export const readTheme = ({ memory }: Pick<Parts, 'memory'>): Theme => {
  const stored = memory.getItem(THEME);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
};

export function setTheme({ store, memory }: Pick<Parts, 'store' | 'memory'>, theme: Theme): void {
  memory.setItem(THEME, theme);
  store.setState({ theme });
}
