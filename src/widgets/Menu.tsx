import { type ReactNode, useRef } from 'react';
import { Icon } from './Icon';

interface MenuProps {
  /** What its button is called. */
  label: string;
  /** The button shows its label, in the place of three dots. */
  worded?: boolean;
  className?: string;
  children: ReactNode;
}

/** Controls behind a button. A click on a button in it, Escape, or leaving it closes it. */
export function Menu({ label, worded = false, className = '', children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      ref={menu}
      className={`more ${className}`}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) close();
      }}
      onKeyDown={(event) => {
        const { key, currentTarget } = event;
        if (key !== 'Escape' || !currentTarget.open) return;
        event.stopPropagation();
        close();
        currentTarget.querySelector('summary')?.focus();
      }}
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('.more-menu button')) close();
      }}
    >
      {worded ? (
        <summary className="button quiet">
          {label}
          <Icon name="chevron" />
        </summary>
      ) : (
        <summary className="button quiet icon" aria-label={label} title={label}>
          <Icon name="more" />
        </summary>
      )}
      <div className="more-menu">{children}</div>
    </details>
  );
}
