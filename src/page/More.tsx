import type { ReactNode } from 'react';
import { useActions, useSelected } from '../app/store/hooks';
import { Icon } from '../widgets/Icon';
import { Menu } from '../widgets/Menu';
import { ThemeButton } from './ThemeButton';

interface MoreProps {
  /** What the header has no room for. */
  children: ReactNode;
  onCredits(): void;
  onDevice(): void;
  onKeys(): void;
}

/** What few need at hand, behind one button. */
export function More({ children, onCredits, onDevice, onKeys }: MoreProps) {
  const { setExpert } = useActions();
  const expert = useSelected((state) => state.expert);
  return (
    <Menu label="More">
      {children}
      <label className="check">
        <input type="checkbox" checked={expert} onChange={({ target }) => setExpert(target.checked)} />
        <span>
          Expert
          <span className="small muted">Shows the labs, and the papers’ terms.</span>
        </span>
      </label>
      <ThemeButton worded />
      <button type="button" className="button quiet" aria-haspopup="dialog" onClick={onDevice}>
        <Icon name="chip" />
        What trains here
      </button>
      <button type="button" className="button quiet" aria-haspopup="dialog" onClick={onKeys}>
        <Icon name="keys" />
        Keyboard
      </button>
      <button type="button" className="button quiet" aria-haspopup="dialog" onClick={onCredits}>
        <Icon name="info" />
        Credits
      </button>
    </Menu>
  );
}
