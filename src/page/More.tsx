import { useRef } from 'react';
import { useActions, useSelected } from '../app/store/hooks';
import { Icon } from '../widgets/Icon';
import { ThemeButton } from './ThemeButton';

/** What few need at hand, behind one button. */
export function More({ onCredits }: { onCredits(): void }) {
  const { setExpert } = useActions();
  const expert = useSelected((state) => state.expert);
  const menu = useRef<HTMLDetailsElement>(null);
  return (
    <details
      ref={menu}
      className="more"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape' || !currentTarget.open) return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="button quiet icon" aria-label="More" title="More">
        <Icon name="more" />
      </summary>
      <div className="more-menu">
        <label className="check">
          <input type="checkbox" checked={expert} onChange={({ target }) => setExpert(target.checked)} />
          <span>
            Expert
            <span className="small muted">Shows the labs, and the papers’ terms.</span>
          </span>
        </label>
        <ThemeButton worded />
        <button
          type="button"
          className="button quiet"
          aria-haspopup="dialog"
          onClick={() => {
            if (menu.current) menu.current.open = false;
            onCredits();
          }}
        >
          <Icon name="info" />
          Credits
        </button>
      </div>
    </details>
  );
}
