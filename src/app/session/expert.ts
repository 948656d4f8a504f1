import type { Parts } from './parts';

const EXPERT = 'lookalike.expert';

export const readExpert = ({ memory }: Pick<Parts, 'memory'>): boolean => memory.getItem(EXPERT) !== null;

export function setExpert({ store, memory }: Pick<Parts, 'store' | 'memory'>, on: boolean): void {
  if (on) memory.setItem(EXPERT, 'yes');
  else memory.removeItem(EXPERT);
  store.setState({ expert: on });
}
