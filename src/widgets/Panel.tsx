import { type ReactNode, useId } from 'react';

interface PanelProps {
  /** Its heading, and the region's name for assistive technology. */
  title: string;
  /** Controls at the right end of the heading. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A region of the page (a section with a name is one) under a heading. */
export function Panel({ title, actions, className = '', children }: PanelProps) {
  const heading = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={heading}>
      <header className="panel-head">
        <h2 id={heading}>{title}</h2>
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
